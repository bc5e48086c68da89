import type { JobView } from '../../shared/contract/job.ts';
import type { SeenCall } from './chaos-provider.ts';
import type { Checkpoint } from './emulators/checkpoint-tap.ts';
import type { PlannedJob } from './plan-jobs.ts';

/** What is held against a job once it has ended. */
export interface Evidence {
  planned: PlannedJob;
  view: JobView;
  /** Calls for it, as the providers saw them. */
  calls: readonly SeenCall[];
  /** When its answers were written, as the table saw it. */
  checkpoints: readonly Checkpoint[];
}

export interface Verdict {
  /** Promises that were broken, each in one line. */
  broken: string[];
  calls: number;
  lines: number;
  unknown: number;
  /** Lines of calls that may have been lost on their way to the provider. */
  lost_on_the_way: number;
  /** Calls for an answer of a provider that had been asked before. */
  repeated: number;
}

type Line = JobView['ledger']['calls'][number];

/** Outcomes of calls that broke off: nobody can say whether the provider saw them. */
const BROKEN_OFF: ReadonlySet<Line['outcome']> = new Set(['network', 'timeout', 'aborted']);

const count = <T>(items: readonly T[], fits: (item: T) => boolean) => items.filter(fits).length;

/** A provider whose answer stands in the table is not called again: no line begins after it. */
function paidTwice({ view, checkpoints }: Evidence): string[] {
  return checkpoints.flatMap(({ provider, at }) =>
    view.ledger.calls
      .filter((line) => line.purpose === 'answer' && line.provider === provider)
      .filter((line) => Date.parse(line.started_at) > at)
      .map(
        (line) => `${provider} was called at ${line.started_at}, though its answer stood since ${iso(at)}`,
      ),
  );
}

const iso = (at: number): string => new Date(at).toISOString();

/** calls seen ≤ lines ≤ calls seen + those whose outcome nobody knows, for one provider and purpose. */
function miscounted(calls: readonly SeenCall[], lines: readonly Line[], of: string): string[] {
  const unsure = count(lines, ({ outcome }) => outcome === 'outcome_unknown' || BROKEN_OFF.has(outcome));
  if (calls.length > lines.length) return [`${of}: ${calls.length} calls, but ${lines.length} lines`];
  if (lines.length - unsure > calls.length)
    return [`${of}: ${lines.length} lines, ${unsure} of them unsure, but ${calls.length} calls`];
  return [];
}

function unlikeThePlan({ planned, view }: Evidence): string[] {
  const isPoison = view.error?.code === 'poison';
  if (planned.poison && !isPoison)
    return [`it kills its workers and ended ${view.status} (${view.error?.code})`];
  return [];
}

/** Holds one job that has ended against what the world saw. */
export function auditJob(evidence: Evidence): Verdict {
  const { view, calls } = evidence;
  const lines = view.ledger.calls;
  const groups = view.providers.flatMap(({ id }) =>
    (['answer', 'merge'] as const).map((purpose) => {
      const isOf = (one: { provider: string; purpose: string }) =>
        one.provider === id && one.purpose === purpose;
      return miscounted(calls.filter(isOf), lines.filter(isOf), `${id}, ${purpose}`);
    }),
  );
  const answers = calls.filter(({ purpose }) => purpose === 'answer');
  return {
    broken: [...groups.flat(), ...paidTwice(evidence), ...unlikeThePlan(evidence)],
    calls: calls.length,
    lines: lines.length,
    unknown: count(lines, ({ outcome }) => outcome === 'outcome_unknown'),
    lost_on_the_way: count(lines, ({ outcome }) => BROKEN_OFF.has(outcome)),
    repeated: answers.length - new Set(answers.map(({ provider }) => provider)).size,
  };
}
