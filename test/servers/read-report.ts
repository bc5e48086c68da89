import { z } from 'zod';

/** One test of a report; a file is one too where it failed outside of its tests. */
export interface TestResult {
  /** File, groups and title, joined by ` > `. */
  name: string;
  /** `skipped` is also what stands behind a hook that failed. */
  status: 'passed' | 'failed' | 'skipped';
  /** Why it failed; empty where it did not. */
  failure: string;
}

const UNTOLD = 'the report does not say why';

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.enum(['passed', 'failed']),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          title: z.string(),
          status: z.enum(['passed', 'failed', 'skipped', 'pending', 'todo', 'disabled']),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

type ReportedFile = z.infer<typeof reportSchema>['testResults'][number];

function readFile(file: ReportedFile): TestResult[] {
  const tests = file.assertionResults.map(({ ancestorTitles, title, status, failureMessages }) => ({
    name: [file.name, ...ancestorTitles, title].join(' > '),
    status: status === 'passed' || status === 'failed' ? status : ('skipped' as const),
    failure: status === 'failed' ? (failureMessages?.[0] ?? UNTOLD) : '',
  }));
  const told = file.status === 'passed' || tests.some(({ status }) => status === 'failed');
  return told ? tests : [...tests, { name: file.name, status: 'failed', failure: file.message || UNTOLD }];
}

/** The tests of Vitest's JSON report. Throws where it is none. */
export function readReport(json: string): TestResult[] {
  return reportSchema.parse(JSON.parse(json)).testResults.flatMap(readFile);
}
