import { isDone, mayBecome } from '../../shared/contract/states.ts';
import type { JobWrite } from '../../shared/job/job-write.ts';
import type { Attempt, JobRecord } from '../../shared/job/record.ts';
import { viewJob } from '../../shared/job/view.ts';
import type { CallBook } from './sim-provider.ts';

export const ATTEMPT_CAP = 3;
export const MERGE_ATTEMPT_CAP = 3;

/** What must hold, by name: a planted bug says which of them it breaks. */
export const INVARIANTS = [
  'terminal is absorbing',
  'the fence never falls, and every end raises it',
  'a status changes only as the table of states allows',
  'only the owner decides',
  'a provider that has answered is not called again',
  'an answer that is kept stays',
  'an end stands on answers that are kept',
  'calls stay within the cap',
  'no call without a line in the ledger',
  'no line without a call, but of unknown outcome',
  'every accepted job ends by its deadline',
  'a webhook that is said to be delivered was',
  'no webhook but for an end, and each is counted before',
  'nothing is left running after a stop',
] as const;

export type Invariant = (typeof INVARIANTS)[number];

export class InvariantBroken extends Error {
  readonly invariant: Invariant;

  constructor(invariant: Invariant, particulars: string) {
    super(`${invariant}: ${particulars}`);
    this.name = 'InvariantBroken';
    this.invariant = invariant;
  }
}

function hold(condition: boolean, invariant: Invariant, particulars: () => string): void {
  if (!condition) throw new InvariantBroken(invariant, particulars());
}

const show = (value: unknown): string => JSON.stringify(value);

function newAttempts(before: JobRecord, after: JobRecord): Attempt[] {
  return Object.entries(after.ledger).flatMap(([id, attempt]) => (before.ledger[id] ? [] : [attempt]));
}

/** Holds one write that happened against what it made of the job. `writer` is the process that made it. */
export function checkWrite(before: JobRecord, after: JobRecord, writer: string, write: JobWrite): void {
  const about = () => `${writer} wrote ${show(write.set.map(([path]) => path.join('.')))} to ${show(before)}`;
  if (isDone(before.status) && !after.deleted) {
    const final = ({ status, merged, error, finished_at, considered }: JobRecord) =>
      show([status, merged, error, finished_at, considered]);
    hold(final(before) === final(after), 'terminal is absorbing', about);
  }
  hold(
    after.fence >= before.fence &&
      (before.status === after.status || !isDone(after.status) || after.fence > before.fence),
    'the fence never falls, and every end raises it',
    about,
  );
  hold(
    before.status === after.status || mayBecome(before.status, after.status),
    'a status changes only as the table of states allows',
    about,
  );
  checkAttempts(before, after, writer, about);
  hold(
    after.deleted === true || (after.considered ?? []).every((provider) => after.answers[provider]),
    'an end stands on answers that are kept',
    about,
  );
  for (const [provider, answer] of Object.entries(before.answers)) {
    hold(
      after.deleted === true || show(after.answers[provider]) === show(answer),
      'an answer that is kept stays',
      about,
    );
  }
}

function checkAttempts(before: JobRecord, after: JobRecord, writer: string, about: () => string): void {
  for (const attempt of newAttempts(before, after)) {
    hold(after.owner === writer && attempt.fence === after.fence, 'only the owner decides', about);
    hold(
      attempt.purpose === 'merge' || before.answers[attempt.provider] === undefined,
      'a provider that has answered is not called again',
      about,
    );
  }
  const merges = Object.values(after.ledger).filter(({ purpose }) => purpose === 'merge');
  hold(merges.length <= MERGE_ATTEMPT_CAP, 'calls stay within the cap', about);
  for (const { id } of after.panel) {
    const calls = Object.values(after.ledger).filter(
      (line) => line.purpose === 'answer' && line.provider === id,
    );
    hold(calls.length <= ATTEMPT_CAP, 'calls stay within the cap', about);
  }
}

/** Holds all jobs of one question, at the end of their world, against what the providers have seen of it. */
export function checkLedgers(jobs: readonly JobRecord[], book: CallBook): void {
  const lines = jobs.flatMap((job) => viewJob(job).ledger.calls);
  const [first] = jobs;
  for (const { id } of first?.panel ?? []) {
    for (const purpose of ['answer', 'merge'] as const) {
      const own = lines.filter((line) => line.provider === id && line.purpose === purpose);
      const unknown = own.filter(({ outcome }) => outcome === 'outcome_unknown').length;
      const seen = book.count(id, first?.question ?? '', purpose);
      const about = () =>
        `${id} saw ${seen} calls to ${purpose}, the ledgers have ${show(own)} (jobs ${show(jobs)})`;
      hold(seen <= own.length, 'no call without a line in the ledger', about);
      hold(own.length <= seen + unknown, 'no line without a call, but of unknown outcome', about);
    }
  }
}

/** Holds a job's webhook, at the end of its world, against the `webhook-id`s that the receiver has seen. */
export function checkWebhook(job: JobRecord, seen: readonly string[]): void {
  const own = seen.filter((id) => id.startsWith(`${job.id}.`));
  const about = () => `the receiver saw ${show(own)} of ${show(job)}`;
  hold(
    own.every((id) => id === `${job.id}.${job.status}`) && own.length <= (job.webhook?.attempts ?? 0),
    'no webhook but for an end, and each is counted before',
    about,
  );
  hold(
    job.webhook?.state !== 'delivered' || own.length > 0,
    'a webhook that is said to be delivered was',
    about,
  );
}

export function checkEnded(job: JobRecord | undefined, id: string): void {
  hold(
    job !== undefined && isDone(job.status),
    'every accepted job ends by its deadline',
    () => `${id} is ${show(job)}`,
  );
}

export function checkQuiet(name: string, left: Record<string, number>): void {
  hold(
    Object.values(left).every((count) => count === 0),
    'nothing is left running after a stop',
    () => `${name} has left ${show(left)}`,
  );
}
