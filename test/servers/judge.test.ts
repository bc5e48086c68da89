import { describe, expect, it } from 'vitest';
import { isAsDeclared, judge } from './judge.ts';
import type { KnownDifference } from './known-differences.ts';
import { readReport } from './read-report.ts';
import { tellVerdict } from './tell.ts';

const known: KnownDifference = {
  server: 'moto',
  suite: 'queue',
  difference: 'receipts last for ever',
  tests: ['receipts > says lost'],
  failure: /expected 'extended' to be 'lost'/,
};
const race: KnownDifference = {
  ...known,
  suite: 'store',
  difference: 'two may win',
  tests: ['writes > lets one win'],
  failure: /length of 1 but got 2/,
  race: true,
};

type Test = [title: string, failure?: string];

const skipped = (group: string, title: string) => ({
  ancestorTitles: [group],
  title,
  status: 'skipped',
  failureMessages: [],
});

/** A report as Vitest writes it: one file, whose tests stand in the group `contract`. */
function report(tests: Test[], others: object[] = [], message = ''): string {
  const failed = message !== '' || tests.some(([, failure]) => failure !== undefined);
  const assertionResults = tests.map(([title, failure]) => ({
    ancestorTitles: ['contract', title.split(' > ')[0]],
    title: title.split(' > ')[1],
    status: failure === undefined ? 'passed' : 'failed',
    failureMessages: failure === undefined ? [] : [failure],
    duration: 1,
  }));
  const file = { name: '/x/a.test.ts', status: failed ? 'failed' : 'passed', message };
  return JSON.stringify({ testResults: [{ ...file, assertionResults: [...assertionResults, ...others] }] });
}

const LOST = "AssertionError: expected 'extended' to be 'lost' // Object.is equality\n    at x.ts:1:1";
const TWO = 'AssertionError: expected [ true, true ] to have a length of 1 but got 2';

function judged(tests: Test[], others: object[] = [], message = '') {
  return judge(readReport(report(tests, others, message)), [known, race], ['contract > ']);
}

describe('a run held against the declared differences', () => {
  it('is as declared where each failure is a declared one', () => {
    const verdict = judged([
      ['receipts > says lost', LOST],
      ['writes > lets one win', TWO],
      ['writes > works'],
    ]);
    expect(verdict).toMatchObject({ passed: 1, unknown: [], gone: [], notRun: [] });
    expect(verdict.shown.map(({ known: { difference } }) => difference)).toEqual([
      'receipts last for ever',
      'two may win',
    ]);
    expect(isAsDeclared(verdict)).toBe(true);
  });

  it('is not where another test fails, or a declared one fails otherwise', () => {
    const verdict = judged([
      ['receipts > says lost', 'Error: socket hang up'],
      ['writes > lets one win'],
      ['writes > works', LOST],
    ]);
    expect(verdict.unknown.map(({ name }) => name)).toEqual([
      '/x/a.test.ts > contract > receipts > says lost',
      '/x/a.test.ts > contract > writes > works',
    ]);
    expect(isAsDeclared(verdict)).toBe(false);
    expect(tellVerdict(verdict).join('\n')).toMatch(/^UNKNOWN: .*says lost\n {2}Error: socket hang up$/m);
  });

  it('tells of a difference that no longer shows, unless it is a race', () => {
    const verdict = judged([['receipts > says lost'], ['writes > lets one win']]);
    expect(verdict.gone).toEqual([known]);
    expect(isAsDeclared(verdict)).toBe(true);
    expect(tellVerdict(verdict)).toContain(
      'gone: no test shows any more that receipts last for ever: take it out',
    );
  });

  it('is not where a declared difference has no test any more', () => {
    const verdict = judged([['receipts > says lost', LOST]]);
    expect(verdict.notRun).toEqual(['writes > lets one win']);
    expect(isAsDeclared(verdict)).toBe(false);
  });

  it('is not where a suite did not run, or a test of it was skipped', () => {
    const tests: Test[] = [['receipts > says lost', LOST], ['writes > lets one win']];
    const results = readReport(report(tests, [skipped('contract', 'hook failed'), skipped('other', 'no')]));
    const { notRun } = judge(results, [known, race], ['contract > ', 'end to end']);
    expect(notRun).toEqual(['end to end', '/x/a.test.ts > contract > hook failed']);
  });

  it('is not where a file fails outside of its tests', () => {
    const verdict = judged([['receipts > says lost'], ['writes > lets one win']], [], 'cannot be loaded');
    expect(verdict.unknown).toEqual([
      { name: '/x/a.test.ts', status: 'failed', failure: 'cannot be loaded' },
    ]);
  });

  it('is none where the report is not one', () => {
    expect(() => readReport('{"success":true}')).toThrow(/testResults/);
  });
});
