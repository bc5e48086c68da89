import { describe, expect, test } from 'vitest';
import { consensus } from '../consensus.ts';
import { filterAnswers } from '../filter-answers.ts';
import { makeCandidate } from '../fixtures.ts';
import { CLOSED_ENGLISH } from './closed-english.ts';
import { CLOSED_PORTUGUESE } from './closed-portuguese.ts';
import { FREE_ENGLISH } from './free-english.ts';
import { FREE_PORTUGUESE } from './free-portuguese.ts';
import type { RegressionCase } from './regression-case.ts';

const HIGH = 0.65;
const LOW = 0.6;

function run({ question, answers }: RegressionCase) {
  const candidates = Object.entries(answers).map(([provider, [kind, text]]) =>
    makeCandidate(provider, text, { outcome: kind === 'truncated' ? 'truncated' : 'ok' }),
  );
  const { kept, filtered } = filterAnswers({ text: question }, candidates);
  return { kept, filtered, merged: consensus({ text: question }, kept) };
}

function checkAgreement(expected: RegressionCase['agreement'], score: number | undefined): void {
  if (expected === 'high') expect(score, 'agreement').toBeGreaterThanOrEqual(HIGH);
  if (expected === 'low') expect(score, 'agreement').toBeLessThanOrEqual(LOW);
}

describe.each([
  ['closed, English', CLOSED_ENGLISH],
  ['closed, Portuguese', CLOSED_PORTUGUESE],
  ['free text, English', FREE_ENGLISH],
  ['free text, Portuguese', FREE_PORTUGUESE],
])('%s', (_, cases) => {
  test.each(cases)('$question', (regression) => {
    const { kept, filtered, merged } = run(regression);
    const chosen = kept.find(({ text }) => text === merged.text)?.provider ?? 'none';
    expect([...regression.best], `merged answer: ${merged.text}`).toContain(chosen);
    expect(Object.fromEntries(filtered.map(({ provider, reason }) => [provider, reason]))).toEqual(
      regression.filtered ?? {},
    );
    if (regression.dissent !== undefined)
      expect(merged.dissent.flatMap(({ providers }) => providers).sort()).toEqual([...regression.dissent]);
    checkAgreement(regression.agreement, merged.agreement?.score);
  });
});

test('the set is as large and as mixed as it should be', () => {
  const all = [...CLOSED_ENGLISH, ...CLOSED_PORTUGUESE, ...FREE_ENGLISH, ...FREE_PORTUGUESE];
  expect(all.length).toBeGreaterThanOrEqual(60);
  const kinds = all.flatMap(({ answers }) => Object.values(answers).map(([kind]) => kind));
  expect([...new Set(kinds)].sort()).toEqual(
    ['agrees', 'disagrees', 'empty', 'hedges', 'injects', 'refuses', 'truncated', 'wrong'].sort(),
  );
});
