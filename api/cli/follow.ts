import { ApiError, type JobView } from '../client.ts';
import { type Context, printJson } from './context.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { startProgress } from './progress.ts';
import { showJob } from './show-job.ts';

/** Follows a job to its end and shows it; rejects with the reason of the interruption where there is one. */
export async function followToEnd(context: Context, started: JobView): Promise<JobView> {
  const { client, interrupted } = context;
  const progress = startProgress(context);
  let latest = started;
  try {
    const events = client.events(started.id, {
      signal: interrupted,
      onConnection: (connection) => progress.connection(connection),
    });
    for await (const job of events) {
      latest = job;
      progress.show(job);
    }
    return latest;
  } finally {
    await progress.end();
  }
}

/** The end of a job, in words or as JSON, and what it makes of the exit code. */
export function finish(context: Context, job: JobView): ExitCode {
  if (context.json) printJson(context, job);
  else showJob(job, context);
  return exitCodeOf(job);
}

/** Tells the server to stop a job; resolves with what came of it. */
export async function cancelJob({ client, json, terminal, words }: Context, id: string): Promise<JobView> {
  try {
    const job = await client.cancel(id);
    if (!json) {
      const { canceled, canceling } = words.own;
      terminal.err(`${job.status === 'canceled' ? canceled(id) : canceling(id)}\n`);
    }
    return job;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'already_ended') throw error;
    if (!json) terminal.err(`${words.own.endedBefore(id)}\n`);
    return client.get(id);
  }
}

/** Cancels what Ctrl-C interrupted, and waits until that is done. */
export async function cancelInterrupted(context: Context, id: string): Promise<ExitCode> {
  const { client, json, terminal, words } = context;
  const job = await cancelJob(context, id);
  const ended = job.done ? job : await client.wait(id);
  if (json) printJson(context, ended);
  else if (!job.done && ended.status === 'canceled') terminal.err(`${words.own.canceled(id)}\n`);
  return EXIT.canceled;
}
