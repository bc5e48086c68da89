import type { KnownDifference } from './known-differences.ts';
import type { TestResult } from './read-report.ts';

export interface Verdict {
  passed: number;
  /** Failures that no declared difference explains. */
  unknown: TestResult[];
  /** Declared differences with the tests that showed them. */
  shown: { known: KnownDifference; tests: TestResult[] }[];
  /** Declared ones that are no race and that no test showed. */
  gone: KnownDifference[];
  /** Tests, or parts of their names, that should have run and did not. */
  notRun: string[];
}

function explains(known: KnownDifference, { name, failure }: TestResult): boolean {
  return known.tests.some((end) => name.endsWith(end)) && known.failure.test(failure);
}

function findNotRun(
  results: readonly TestResult[],
  declared: readonly KnownDifference[],
  suites: readonly string[],
): string[] {
  const skipped = results.filter(
    ({ name, status }) => status === 'skipped' && suites.some((suite) => name.includes(suite)),
  );
  return [
    ...suites.filter((suite) => !results.some(({ name }) => name.includes(suite))),
    ...declared
      .flatMap(({ tests }) => tests)
      .filter((end) => !results.some(({ name }) => name.endsWith(end))),
    ...skipped.map(({ name }) => name),
  ];
}

/** Holds a run against what is declared of its servers; `suites` are parts of the names of what must run. */
export function judge(
  results: readonly TestResult[],
  declared: readonly KnownDifference[],
  suites: readonly string[],
): Verdict {
  const failed = results.filter(({ status }) => status === 'failed');
  const shown = declared
    .map((known) => ({ known, tests: failed.filter((test) => explains(known, test)) }))
    .filter(({ tests }) => tests.length > 0);
  return {
    passed: results.filter(({ status }) => status === 'passed').length,
    unknown: failed.filter((test) => !shown.some(({ tests }) => tests.includes(test))),
    shown,
    gone: declared.filter((known) => !known.race && !shown.some((one) => one.known === known)),
    notRun: findNotRun(results, declared, suites),
  };
}

/** Whether the servers did as is known of them. What is gone is told, but fails nothing. */
export function isAsDeclared({ unknown, notRun }: Verdict): boolean {
  return unknown.length === 0 && notRun.length === 0;
}
