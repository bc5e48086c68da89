import { isDone } from '../../shared/contract/states.ts';
import type { Presence } from '../../shared/job/presence.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { duration, type OpsContext, type Report, readOpenJobs } from './context.ts';
import { EXIT } from './help.ts';

interface InFlight {
  id: string;
  status: string;
  owner: string;
  owner_alive: boolean;
  /** Calls that were made and whose outcome is not known yet: stopping now pays them for nothing. */
  calls_under_way: string[];
  answers_kept: number;
  deadline_in_ms: number;
}

function viewInFlight(job: JobRecord, alive: ReadonlySet<string>, now: number): InFlight {
  const { id, status, owner = '', fence } = job;
  const calls = Object.values(job.ledger).filter(
    (line) => line.outcome === undefined && line.fence === fence,
  );
  return {
    id,
    status,
    owner,
    owner_alive: alive.has(owner),
    calls_under_way: calls.map(({ provider }) => provider),
    answers_kept: Object.keys(job.answers).length,
    deadline_in_ms: job.deadline_at - now,
  };
}

function lineOf({ id, owner, owner_alive, calls_under_way, answers_kept, deadline_in_ms }: InFlight): string {
  const calls = calls_under_way.length > 0 ? `calls ${calls_under_way.join(', ')}` : 'calls nobody';
  const whose = owner_alive ? owner : `${owner} (not heard of)`;
  return `${id}  of ${whose}  ${calls}, ${answers_kept} answers kept, ${duration(deadline_in_ms)} left`;
}

function verdictOf(inFlight: InFlight[], listed: number): string {
  if (inFlight.length === 0 && listed === 0) return 'safe to stop: nothing is in flight';
  const calls = inFlight.reduce((sum, { calls_under_way }) => sum + calls_under_way.length, 0);
  return (
    `not idle: ${inFlight.length} jobs and ${calls} calls are in flight. A stop (SIGTERM) drains: ` +
    'jobs end within DRAIN_SECONDS or go back to the queue, and calls still open then may be paid for nothing'
  );
}

/** Is it safe to stop? What is in flight, and who owns it. `worker`: of this one only. */
export async function checkDrain(
  context: OpsContext,
  { worker }: { worker: string | undefined },
): Promise<Report> {
  const { store, queue, clock, target } = context;
  const now = clock.now();
  const [presences, open, depth] = await Promise.all([
    store.listPresences(),
    readOpenJobs(context),
    queue.depth(),
  ]);
  const asked = (id: string) => worker === undefined || id === worker;
  const living = presences.filter(({ seen_at }: Presence) => seen_at + target.visibilityMs > now);
  const alive = new Set(living.map(({ id }) => id));
  const inFlight = open.jobs
    .filter(({ owner, status }) => owner !== undefined && !isDone(status) && asked(owner))
    .map((job) => viewInFlight(job, alive, now));
  const listed = living.filter(({ id }) => asked(id)).flatMap(({ jobs }) => jobs).length;
  const verdict = verdictOf(inFlight, listed);
  return {
    json: {
      safe: inFlight.length === 0 && listed === 0,
      verdict,
      in_flight: inFlight,
      messages_in_flight: depth.inFlight,
      workers_alive: [...alive].filter(asked),
      complete: open.complete,
    },
    lines: [...inFlight.map(lineOf), verdict],
    exitCode: inFlight.length === 0 && listed === 0 ? EXIT.ok : EXIT.attention,
  };
}
