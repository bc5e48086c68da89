import { parseJobMessage } from '../../shared/contract/message.ts';
import { JOB_STATUSES } from '../../shared/contract/states.ts';
import type { Presence } from '../../shared/job/presence.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { duration, type OpsContext, type Report, readOpenJobs } from './context.ts';
import type { DeadLetter } from './dead-letter-queue.ts';
import type { TaskBounds, TaskCounts, WorkerTasks } from './ecs.ts';
import { EXIT } from './help.ts';

/** Of the dead letters, so many are looked at. */
const LETTERS_SHOWN = 10;
/** What the alarm queue-age calls long: the default deadline is 120 s. */
const LONG_WAIT_MS = 90_000;

interface WorkerView {
  id: string;
  alive: boolean;
  seen_ms_ago: number;
  slots: Presence['slots'];
  jobs: number;
}

type Tasks = TaskCounts & TaskBounds;

function viewWorker({ id, seen_at, slots, jobs }: Presence, { clock, target }: OpsContext): WorkerView {
  const seenMsAgo = Math.max(0, clock.now() - seen_at);
  return { id, alive: seenMsAgo < target.visibilityMs, seen_ms_ago: seenMsAgo, slots, jobs: jobs.length };
}

function viewOpen(jobs: JobRecord[], complete: boolean, now: number) {
  const waiting = jobs.filter(({ status }) => status === 'queued').map(({ created_at }) => now - created_at);
  const count = (status: string) => jobs.filter((job) => job.status === status).length;
  return {
    counted: jobs.length,
    complete,
    by_status: Object.fromEntries(JOB_STATUSES.map((status) => [status, count(status)])),
    oldest_queued_ms: waiting.length === 0 ? null : Math.max(0, ...waiting),
  };
}

function viewLetter({ body, reason, sentAt }: DeadLetter, now: number) {
  const parsed = parseJobMessage(body);
  return {
    reason,
    age_ms: sentAt === null ? null : now - sentAt,
    job_id: parsed.ok ? parsed.message.jobId : null,
    body: body.slice(0, 200),
  };
}

async function viewDeadLetters({ deadLetters, clock }: OpsContext) {
  const count = await deadLetters.count();
  const taken = count === 0 ? [] : await deadLetters.take(LETTERS_SHOWN);
  await deadLetters.putBack(taken);
  return { count, shown: taken.map((letter) => viewLetter(letter, clock.now())) };
}

/** The stack is looked at even where AWS's command line, or the right to ask ECS, is missing. */
async function readTasks(
  tasks: WorkerTasks | undefined,
): Promise<{ tasks: Tasks | null; silence: string | null }> {
  if (!tasks) return { tasks: null, silence: null };
  try {
    const [counts, bounds] = await Promise.all([tasks.counts(), tasks.bounds()]);
    return { tasks: { ...counts, ...bounds }, silence: null };
  } catch (error) {
    return { tasks: null, silence: (error as Error).message.trim().split('\n').at(-1) ?? '' };
  }
}

async function gather(context: OpsContext, tasks: WorkerTasks | undefined) {
  const { store, queue, clock } = context;
  const [depth, deadLetters, open, presences, ecs] = await Promise.all([
    queue.depth(),
    viewDeadLetters(context),
    readOpenJobs(context),
    store.listPresences(),
    readTasks(tasks),
  ]);
  return {
    stack: context.target.name,
    at: new Date(clock.now()).toISOString(),
    queue: { waiting: depth.visible, in_flight: depth.inFlight, delayed: depth.delayed },
    dead_letters: deadLetters,
    open_jobs: viewOpen(open.jobs, open.complete, clock.now()),
    workers: presences.map((presence) => viewWorker(presence, context)),
    tasks: ecs.tasks,
    ecs_silence: ecs.silence,
  };
}

type Status = Awaited<ReturnType<typeof gather>>;

/** What a person should see to, each with what to do. */
function attentionOf({ dead_letters, open_jobs, workers, tasks, ecs_silence }: Status): string[] {
  const alive = workers.filter((worker) => worker.alive);
  const needs: string[] = [];
  if (dead_letters.count > 0)
    needs.push(`${dead_letters.count} dead letters: after the cause is gone, npm run ops -- redrive`);
  if (open_jobs.counted > 0 && alive.length === 0)
    needs.push('jobs are open and no worker is alive: read its log');
  if ((open_jobs.oldest_queued_ms ?? 0) > LONG_WAIT_MS)
    needs.push('a question waits long: scale, or read the worker’s log');
  if (
    tasks &&
    tasks.running >= tasks.max &&
    alive.length > 0 &&
    alive.every(({ slots }) => slots.busy >= slots.total)
  )
    needs.push('every task runs and every slot is busy: npm run ops -- scale');
  if (ecs_silence !== null) needs.push(`ECS does not answer: ${ecs_silence}`);
  return needs;
}

function linesOf(status: Status, attention: string[]): string[] {
  const { queue, dead_letters, open_jobs, workers, tasks } = status;
  const statuses = Object.entries(open_jobs.by_status).flatMap(([name, n]) =>
    n > 0 ? [`${n} ${name}`] : [],
  );
  const oldest = open_jobs.oldest_queued_ms;
  return [
    `stack         ${status.stack}`,
    `queue         ${queue.waiting} waiting, ${queue.in_flight} in flight, ${queue.delayed} delayed`,
    `open jobs     ${open_jobs.counted}${open_jobs.complete ? '' : ' or more'}${statuses.length > 0 ? `: ${statuses.join(', ')}` : ''}`,
    `oldest waits  ${oldest === null ? 'none does' : duration(oldest)}`,
    `dead letters  ${dead_letters.count}`,
    ...dead_letters.shown.map(
      ({ reason, job_id, body }) => `  ${reason ?? 'received too often'}: ${job_id ?? JSON.stringify(body)}`,
    ),
    `workers       ${workers.filter(({ alive }) => alive).length} alive`,
    ...workers.map(
      ({ id, alive, seen_ms_ago, slots }) =>
        `  ${id}  ${alive ? `${slots.busy} of ${slots.total} slots busy` : 'not heard of'}, seen ${duration(seen_ms_ago)} ago`,
    ),
    tasks
      ? `tasks         ${tasks.running} running, ${tasks.pending} starting, ${tasks.desired} wanted, of ${tasks.min} to ${tasks.max}`
      : 'tasks         no ECS service is known here',
    ...attention.map((need) => `! ${need}`),
  ];
}

/** How the stack is, at one glance. */
export async function reportStatus(context: OpsContext, tasks: WorkerTasks | undefined): Promise<Report> {
  const status = await gather(context, tasks);
  const attention = attentionOf(status);
  return {
    json: { ...status, attention },
    lines: linesOf(status, attention),
    exitCode: attention.length > 0 ? EXIT.attention : EXIT.ok,
  };
}
