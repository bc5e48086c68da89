import { type Context, printJson } from './context.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { cancelJob, finish, followToEnd } from './follow.ts';
import { providerLines } from './provider-line.ts';

export async function get(context: Context, id: string): Promise<ExitCode> {
  const { client, clock, interrupted, json, terminal } = context;
  const job = await client.get(id, { signal: interrupted });
  // Where there is no answer, who did not give one, and why, is what there is to know.
  if (!job.answer && !json && terminal.outIsTerminal) {
    terminal.out(`${providerLines(job, context, clock.now()).join('\n')}\n\n`);
  }
  return finish(context, job);
}

/** Follows a job to its end. Ctrl-C stops the watching, not the job. */
export async function watch(context: Context, id: string): Promise<ExitCode> {
  const { client, interrupted, terminal, words, json } = context;
  try {
    const job = await client.get(id, { signal: interrupted });
    return finish(context, job.done ? job : await followToEnd(context, job));
  } catch (error) {
    if (!interrupted.aborted) throw error;
    if (!json) terminal.err(`${words.own.stillRuns(id)}\n`);
    return EXIT.canceled;
  }
}

export async function cancel(context: Context, id: string): Promise<ExitCode> {
  const job = await cancelJob(context, id);
  if (context.json) printJson(context, job);
  const isCanceled = job.status === 'canceled' || job.status === 'canceling';
  return isCanceled ? EXIT.ok : exitCodeOf(job);
}
