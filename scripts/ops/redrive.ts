import { parseJobMessage } from '../../shared/contract/message.ts';
import { isDone } from '../../shared/contract/states.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { sendJob } from '../../shared/job/send-job.ts';
import type { OpsContext, Report } from './context.ts';
import type { DeadLetter } from './dead-letter-queue.ts';
import { EXIT } from './help.ts';

/** What is to become of a dead letter, and why. */
interface Fate {
  letter: DeadLetter;
  fate: 'send_back' | 'drop' | 'keep';
  why: string;
  jobId: string | null;
  /** The job that is sent back. */
  job?: JobRecord;
}

export interface RedriveOptions {
  max: number;
  dryRun: boolean;
  /** Asks whoever runs the command; undefined where nobody can be asked. */
  confirm: (question: string) => Promise<boolean | undefined>;
}

const DONE = { send_back: 'sent back', drop: 'dropped', keep: 'kept' } as const;
const WOULD = { send_back: 'send back', drop: 'drop', keep: 'keep' } as const;

async function decide(letter: DeadLetter, { store }: OpsContext): Promise<Fate> {
  const parsed = parseJobMessage(letter.body);
  if (!parsed.ok) return { letter, fate: 'keep', why: `cannot be read: ${parsed.reason}`, jobId: null };
  const { jobId } = parsed.message;
  const job = await store.getJob(jobId);
  if (!job || job.deleted) return { letter, fate: 'drop', why: 'its job is gone', jobId };
  if (isDone(job.status)) return { letter, fate: 'drop', why: `its job is ${job.status}`, jobId };
  const kept = Object.keys(job.answers).length;
  return {
    letter,
    fate: 'send_back',
    why: `its job is ${job.status}, with ${kept} answers kept`,
    jobId,
    job,
  };
}

/** Sent before it is removed: a crash in between makes a duplicate, which costs one look, and never a loss. */
async function carryOut({ letter, job }: Fate, { queue, deadLetters }: OpsContext): Promise<void> {
  if (job) await sendJob(queue, job);
  await deadLetters.remove(letter);
}

function reportOf(fates: Fate[], acted: boolean, exitCode: number): Report {
  const count = (wanted: Fate['fate']) => fates.filter(({ fate }) => fate === wanted).length;
  const words = acted ? DONE : WOULD;
  return {
    json: {
      acted,
      send_back: count('send_back'),
      drop: count('drop'),
      keep: count('keep'),
      letters: fates.map(({ letter, fate, why, jobId }) => ({
        fate,
        why,
        job_id: jobId,
        reason: letter.reason,
        body: letter.body.slice(0, 200),
      })),
    },
    lines: [
      ...fates.map(
        ({ letter, fate, why, jobId }) =>
          `${words[fate].padEnd(9)}  ${jobId ?? JSON.stringify(letter.body.slice(0, 60))}  ${why}`,
      ),
      fates.length === 0
        ? 'no dead letters'
        : `${fates.length} dead letters: ${count('send_back')} to send back, ${count('drop')} to drop, ${count('keep')} to keep${acted ? ': done' : ''}`,
    ],
    exitCode,
  };
}

/** Shows the dead letters; after a yes, sends back what is still open and drops what has ended. */
export async function redrive(context: OpsContext, options: RedriveOptions): Promise<Report> {
  const letters = await context.deadLetters.take(options.max);
  let held = letters;
  try {
    const fates = await Promise.all(letters.map((letter) => decide(letter, context)));
    const toDo = fates.filter(({ fate }) => fate !== 'keep');
    const left = fates.length > toDo.length ? EXIT.attention : EXIT.ok;
    if (toDo.length === 0) return reportOf(fates, false, left);
    if (options.dryRun) return reportOf(fates, false, EXIT.attention);
    const shown = reportOf(fates, false, EXIT.ok).lines.join('\n');
    if (!(await options.confirm(`${shown}\nDo so? [y/N] `))) return reportOf(fates, false, EXIT.declined);
    for (const fate of toDo) {
      await carryOut(fate, context);
      held = held.filter((letter) => letter !== fate.letter);
    }
    return reportOf(fates, true, left);
  } finally {
    await context.deadLetters.putBack(held);
  }
}
