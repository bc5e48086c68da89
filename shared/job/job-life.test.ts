import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someAnswer, someAttempt, someJob } from '../adapters/conformance/fixtures.ts';
import { VirtualClock } from '../adapters/memory/virtual-clock.ts';
import { jobSchema } from '../contract/job.ts';
import { isDone, JOB_STATUSES, mayBecome } from '../contract/states.ts';
import { answerWrite, outcomeWrite, verdictWrite } from './answers.ts';
import { applyWrite } from './apply-write.ts';
import { type EndStatus, endWrite } from './ends.ts';
import type { JobWrite } from './job-write.ts';
import type { JobRecord } from './record.ts';
import { tombstoneWrite } from './tombstone.ts';
import {
  attemptsWrite,
  cancelingWrite,
  claimWrite,
  mergingWrite,
  postponeWrite,
  releaseWrite,
} from './transitions.ts';
import { viewJob } from './view.ts';
import { webhookAttemptWrite, webhookEndWrite } from './webhook.ts';

const NOW = Date.UTC(2026, 10, 22);
const PANEL = ['a', 'b', 'c'].map((id) => ({ id, model: 'm' }));

/** One thing that somebody does to a job, seen as it was `staleness` versions ago. */
interface Step {
  kind: keyof typeof BUILDERS;
  staleness: number;
  provider: string;
  attempt: string;
  status: EndStatus;
}

const lines = ({ attempt, provider }: Step, job: JobRecord) => ({
  [attempt]: someAttempt(provider, NOW, { fence: job.fence }),
});

/** What only the owner of a fence may do. */
const DECISIONS = {
  claim: (job: JobRecord, step: Step) =>
    claimWrite(job, { owner: step.attempt, now: NOW, dueAt: NOW, attempts: lines(step, job) }),
  release: (job: JobRecord) => releaseWrite(job, NOW),
  attempts: (job: JobRecord, step: Step) => attemptsWrite(job, lines(step, job)),
  merging: (job: JobRecord, step: Step) => mergingWrite(job, lines(step, job)),
  cancel: (job: JobRecord) => cancelingWrite(job, NOW),
  fail: (job: JobRecord, step: Step) =>
    verdictWrite(job, step.provider, {
      kind: 'failed',
      failure: { code: 'auth', message: 'no', retryable: false },
    }),
  wait: (job: JobRecord, step: Step) =>
    verdictWrite(job, step.provider, {
      kind: 'wait',
      wait: { code: 'rate_limited', message: 'later', retryable: true, until: NOW + 1 },
    }),
  end: (job: JobRecord, { status }: Step) =>
    endWrite(
      job,
      { status, verdict: { considered: ['a'], filtered: {}, quorumGot: 1, degraded: true } },
      NOW,
    ),
};

const BUILDERS = {
  ...DECISIONS,
  postpone: (job: JobRecord) => postponeWrite(job, NOW + job.resends, job.resends + 1),
  answer: (job: JobRecord, { provider, attempt }: Step) => {
    const answer = { ...someAnswer(attempt, NOW), latency_ms: 7 };
    return answerWrite(job.id, answer, someAttempt(provider, NOW, { outcome: 'ok' }));
  },
  outcome: (job: JobRecord, { provider, attempt }: Step) =>
    outcomeWrite(job.id, attempt, someAttempt(provider, NOW, { outcome: 'timeout', possibly_billed: true })),
  bury: (job: JobRecord) => tombstoneWrite(job.id),
  webhookAttempt: (job: JobRecord) => webhookAttemptWrite(job, NOW),
  webhookEnd: (job: JobRecord) => webhookEndWrite(job, 'delivered'),
} satisfies Record<string, (job: JobRecord, step: Step) => JobWrite>;

const step = fc.record<Step>({
  kind: fc.constantFrom(...(Object.keys(BUILDERS) as Step['kind'][])),
  staleness: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(3)),
  provider: fc.constantFrom('a', 'b', 'c'),
  attempt: fc.constantFrom('a-1', 'b-1', 'c-1', 'c-2'),
  status: fc.constantFrom('succeeded', 'failed', 'canceled', 'expired'),
});

/** Half of the lives begin with a claim and calls under way: chance alone seldom comes that far. */
const UNDER_WAY: Step[] = (['a-1', 'b-1', 'c-1'] as const).map((attempt, index) => ({
  kind: index === 0 ? 'claim' : 'attempts',
  staleness: 0,
  provider: attempt.slice(0, 1),
  attempt,
  status: 'failed',
}));

const steps = fc
  .tuple(fc.constantFrom([], UNDER_WAY), fc.array(step, { maxLength: 25 }))
  .map(([first, then]) => [...first, ...then]);

function freshJob(webhook: boolean): JobRecord {
  const hook = { url: 'https://example.com', events: ['job.succeeded' as const] };
  return someJob(new VirtualClock(NOW), { panel: PANEL, ...(webhook ? { webhook: hook } : {}) });
}

/** Undefined where the builder itself says that this cannot be. */
function build(seen: JobRecord, step: Step): JobWrite | undefined {
  try {
    return BUILDERS[step.kind](seen, step);
  } catch (error) {
    const next = { claim: 'running', cancel: 'canceling', end: step.status }[step.kind as string];
    const illegal = JOB_STATUSES.some((status) => status === next && !mayBecome(seen.status, status));
    if (illegal) return undefined;
    throw error;
  }
}

/** Runs a life; `check` sees every write that happened. */
function live(
  life: Step[],
  webhook: boolean,
  check: (before: JobRecord, after: JobRecord, write: JobWrite, step: Step, seen: JobRecord) => void,
): JobRecord[] {
  const versions = [freshJob(webhook)];
  for (const step of life) {
    const before = versions.at(-1) as JobRecord;
    const seen = versions.at(-1 - step.staleness) ?? before;
    const write = build(seen, step);
    const after = write && applyWrite(before, write);
    if (!write || !after) continue;
    check(before, after, write, step, seen);
    versions.push(after);
  }
  return versions;
}

function always(check: Parameters<typeof live>[2]): void {
  fc.assert(
    fc.property(steps, fc.boolean(), (life, webhook) => void live(life, webhook, check)),
    {
      numRuns: 500,
    },
  );
}

describe('in every life of a job, whoever acts on it and however late', () => {
  it('an end is for ever: status, merged answer and what it looked at', () => {
    always((before, after, _write, { kind }) => {
      if (!isDone(before.status)) return;
      expect(after.status).toBe(before.status);
      expect(after.considered).toEqual(before.considered);
      expect(after.finished_at).toBe(before.finished_at);
      if (kind !== 'bury') expect(after.merged).toEqual(before.merged);
    });
  });

  it('the status only moves along the table of states', () => {
    always((before, after) => {
      if (before.status !== after.status) expect(mayBecome(before.status, after.status)).toBe(true);
    });
  });

  it('the fence never falls, and grows with every claim, release and end', () => {
    always((before, after, _write, { kind }) => {
      const raises = ['claim', 'release', 'end'].includes(kind);
      expect(after.fence - before.fence).toBe(raises ? 1 : 0);
    });
  });

  it('the revision grows by one with what readers see, and stays otherwise', () => {
    always((before, after, write) => {
      expect(after.revision - before.revision).toBe(write.revise ? 1 : 0);
    });
  });

  it('nobody decides anything on a fence or a status that has passed', () => {
    always((before, _after, _write, { kind }, seen) => {
      if (!Object.hasOwn(DECISIONS, kind)) return;
      expect(seen.fence).toBe(before.fence);
      if (kind !== 'release') expect(seen.status === before.status || before.status === 'running').toBe(true);
    });
  });

  it('an answer that was stored stays as it is, and a line of the ledger is never lost', () => {
    always((before, after, _write, { kind }) => {
      if (kind !== 'bury') expect(after.answers).toMatchObject(before.answers);
      expect(Object.keys(after.ledger)).toEqual(expect.arrayContaining(Object.keys(before.ledger)));
    });
  });

  it('it stands among the open jobs until it has ended and its webhook is settled', () => {
    always((_before, after) => {
      const open = !isDone(after.status) || after.webhook?.state === 'pending';
      expect(after.open_shard !== undefined).toBe(open);
      expect(after.due_at !== undefined).toBe(open);
    });
  });

  it('a write leaves the version before it untouched', () => {
    always((before, _after, write) => {
      const copy = structuredClone(before);
      applyWrite(before, write);
      expect(before).toEqual(copy);
    });
  });

  it('its view keeps the contract', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (life, webhook) => {
        for (const job of live(life, webhook, () => {})) {
          const view = viewJob(job);
          expect(jobSchema.safeParse(view)).toMatchObject({ success: true });
          expect(view.done).toBe(isDone(job.status));
          expect(view.ledger.calls.filter(({ outcome }) => view.done && outcome === 'running')).toEqual([]);
        }
      }),
    );
  });
});
