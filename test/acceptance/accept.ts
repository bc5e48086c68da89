import { CHECKS } from './checks.ts';
import type { Deployment } from './deployment.ts';

export interface Verdict {
  name: string;
  verdict: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped; empty where it passed. */
  why: string;
  tookMs: number;
}

/** Makes every check, one after the other, whatever became of those before. */
export async function accept(
  deployment: Deployment,
  onVerdict: (verdict: Verdict) => void,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const { name, skip, run } of CHECKS) {
    const began = performance.now();
    const skipped = skip?.(deployment);
    const why =
      skipped ??
      (await run(deployment).then(
        () => '',
        (error: unknown) => describe(error),
      ));
    const verdict = skipped === undefined ? (why === '' ? 'passed' : 'failed') : 'skipped';
    const told: Verdict = { name, verdict, why, tookMs: performance.now() - began };
    verdicts.push(told);
    onVerdict(told);
  }
  return verdicts;
}

function describe(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message || String(error);
}
