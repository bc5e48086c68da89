import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { ApiError, type Client, type JobRequest, type JobView, NetworkError } from '../client.ts';
import { canonicalJson } from '../jobs/canonical-json.ts';
import { startBar } from './bar.ts';
import { type Context, printJson } from './context.ts';
import { EXIT, type ExitCode, exitCodeOf, worstOf } from './exit-codes.ts';
import type { AskedLine } from './read-questions.ts';
import { showJob } from './show-job.ts';
import { cleanText } from './terminal.ts';

/** What came of one line; `job` or `error`, and neither where it was not asked any more. */
interface Result {
  line: number;
  question: string;
  job: JobView | null;
  error: { code: string; message: string } | null;
}

/** The same line of the same file has the same keys at every run; a question that stands twice is asked twice. */
function keysOf(lines: readonly AskedLine[]): string[] {
  const seen = new Map<string, number>();
  return lines.map(({ request }) => {
    const hash = createHash('sha256').update(canonicalJson(request)).digest('hex');
    const occurrence = seen.get(hash) ?? 0;
    seen.set(hash, occurrence + 1);
    return `file:${hash}:${occurrence}`;
  });
}

/** Ended at an earlier run, without an answer or deleted: this run asks under the next key. */
async function submitOnce(client: Client, request: JobRequest, key: string, signal: AbortSignal) {
  for (let turn = 0; ; turn += 1) {
    try {
      const job = await client.submit(request, { idempotencyKey: `${key}:${turn}`, signal });
      if (!job.done || job.status === 'succeeded') return job;
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'deleted') throw error;
    }
  }
}

/** Asks one line; what comes of it never rejects, but for what nobody foresaw. */
async function askLine(
  { client, interrupted, givenUp }: Context,
  asked: AskedLine,
  key: string,
  unreachable: AbortController,
): Promise<Result> {
  const { line, request } = asked;
  const result = { line, question: request.question, job: null, error: null };
  if (interrupted.aborted || unreachable.signal.aborted) return result;
  try {
    const submitting = AbortSignal.any([givenUp, unreachable.signal]);
    const job = await submitOnce(client, request, key, submitting);
    const waiting = AbortSignal.any([interrupted, unreachable.signal]);
    return { ...result, job: job.done ? job : await endOf(client, job.id, waiting, interrupted) };
  } catch (error) {
    if (givenUp.aborted || unreachable.signal.aborted) return result;
    if (error instanceof NetworkError) {
      // Patience was had already: the other lines would only have it once more.
      unreachable.abort(error);
      return { ...result, error: { code: 'unreachable', message: error.message } };
    }
    if (!(error instanceof ApiError)) throw error;
    return { ...result, error: { code: error.code, message: error.message } };
  }
}

/** The end of a job, which Ctrl-C brings about. */
async function endOf(
  client: Client,
  id: string,
  signal: AbortSignal,
  interrupted: AbortSignal,
): Promise<JobView> {
  try {
    return await client.wait(id, { signal });
  } catch (error) {
    if (!interrupted.aborted) throw error;
    return client.cancel(id).catch((refusal: unknown) => {
      if (refusal instanceof ApiError && refusal.code === 'already_ended') return client.get(id);
      throw refusal;
    });
  }
}

function show(context: Context, { line, question, job, error }: Result): void {
  const { terminal, paint } = context;
  terminal.out(`${paint('bold', `## ${line}. ${cleanText(question)}`)}\n\n`);
  if (job) showJob(job, context);
  else terminal.out(`${error ? cleanText(`${error.code}: ${error.message}`) : '–'}\n`);
  terminal.out('\n');
}

function codeOf({ job, error }: Result): ExitCode {
  if (job) return job.status === 'canceling' ? EXIT.canceled : exitCodeOf(job);
  if (!error) return EXIT.canceled;
  return error.code === 'unreachable' ? EXIT.unreachable : EXIT.refused;
}

function summarize(context: Context, results: readonly Result[], tookMs: number): void {
  const { terminal, words } = context;
  const done = results.filter(({ job }) => job?.status === 'succeeded');
  const counts = {
    done: done.length,
    degraded: done.filter(({ job }) => job?.degraded).length,
    failed: results.length - done.length,
    time: words.format.duration(tookMs),
  };
  terminal.err(`${words.own.batchEnd(counts)}\n`);
  if (counts.failed > 0) terminal.err(`${words.own.goOn}\n`);
}

/** Asks every line, so many at once, and shows the answers in the order of the lines. */
export async function askFile(
  context: Context,
  lines: readonly AskedLine[],
  concurrency: number,
): Promise<ExitCode> {
  const { clock, json } = context;
  const beganAtMs = clock.monotonic();
  const keys = keysOf(lines);
  const limit = pLimit(concurrency);
  const unreachable = new AbortController();
  const bar = startBar(context, lines.length);
  const asking = lines.map((asked, index) =>
    limit(async () => {
      const result = await askLine(context, asked, keys[index] ?? '', unreachable);
      bar.advance();
      return result;
    }),
  );
  // One that fails is met in its turn, perhaps after another one.
  void Promise.allSettled(asking);
  const results: Result[] = [];
  try {
    for (const asked of asking) {
      const result = await asked;
      results.push(result);
      if (!json) bar.above(() => show(context, result));
    }
  } finally {
    bar.end();
  }
  if (json) printJson(context, { results });
  else summarize(context, results, clock.monotonic() - beganAtMs);
  return worstOf(results.map(codeOf));
}
