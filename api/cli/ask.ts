import type { JobRequest } from '../client.ts';
import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { cancelInterrupted, finish, followToEnd } from './follow.ts';

/** Asks one question and shows its answer. Ctrl-C cancels the job. */
export async function ask(context: Context, request: JobRequest): Promise<ExitCode> {
  const { client, interrupted, givenUp, terminal, words, json } = context;
  const submitted = await client.submit(request, { signal: givenUp }).catch((error: unknown) => {
    if (!givenUp.aborted) throw error;
    return undefined;
  });
  if (!submitted) {
    if (!json) terminal.err(`${words.own.unconfirmed}\n`);
    return EXIT.canceled;
  }
  if (!json) terminal.err(`${context.paint('dim', words.own.accepted(submitted.id))}\n`);
  try {
    return finish(context, submitted.done ? submitted : await followToEnd(context, submitted));
  } catch (error) {
    if (!interrupted.aborted) throw error;
    return cancelInterrupted(context, submitted.id);
  }
}
