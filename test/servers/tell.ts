import type { Verdict } from './judge.ts';
import type { KnownDifference, ServerName } from './known-differences.ts';

const FAILURE_CHARACTERS = 300;

/** What a person reads of a run, one line a difference. */
export function tellVerdict({ passed, unknown, shown, gone, notRun }: Verdict): string[] {
  return [
    `${passed} tests passed`,
    ...shown.map(({ known, tests }) => `known: ${known.difference} (${tests.length} tests)`),
    ...gone.map((known) => `gone: no test shows any more that ${known.difference}: take it out`),
    ...unknown.map(({ name, failure }) => `UNKNOWN: ${name}\n  ${failure?.slice(0, FAILURE_CHARACTERS)}`),
    ...notRun.map((name) => `NOT RUN: ${name}`),
  ];
}

function row({ server, suite, difference, tests, race }: KnownDifference): string {
  const titles = tests.map((test) => test.split(' > ').at(-1)).join('; ');
  return `| ${server} | ${suite} | ${difference} | ${titles} | ${race ? 'in some runs' : 'always'} |`;
}

/** The table of all differences, in Markdown. */
export function differenceTable(
  servers: readonly ServerName[],
  differences: readonly KnownDifference[],
): string {
  const without = servers.filter((name) => !differences.some(({ server }) => server === name));
  return [
    '| server | suite | difference | tests that show it | shows |',
    '|---|---|---|---|---|',
    ...differences.map(row),
    ...without.map((name) => `| ${name} | all | none found | | |`),
  ].join('\n');
}
