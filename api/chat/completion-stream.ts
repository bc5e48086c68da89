import type { JobRecord } from '../../shared/job/record.ts';
import type { ApiDeps } from '../deps.ts';
import { openAiError, openAiErrorOf } from '../http/openai-error.ts';
import { toProblemError } from '../http/problem-response.ts';
import { settlesWithin } from '../settles-within.ts';
import { contentOf, detailsOf, failureOf, headOf, usageOf } from './completion.ts';

const KEEP_ALIVE_MS = 15_000;

type Streaming = Pick<ApiDeps, 'clock' | 'log'>;

interface StreamOptions {
  model: string;
  includeUsage: boolean;
  /** The job once it has ended; called when the stream is read, `left` is aborted when it is no longer. */
  waitForEnd: (left: AbortSignal) => Promise<JobRecord>;
  /** Called when all is said or the reader leaves. */
  onEnd: () => void;
}

const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;

function chunk(job: JobRecord, model: string, delta: object, finishReason: 'stop' | null, more: object = {}) {
  const choices = [{ index: 0, delta, finish_reason: finishReason, logprobs: null }];
  return event({ ...headOf(job, model), object: 'chat.completion.chunk', choices, ...more });
}

function endOf(job: JobRecord, { model, includeUsage }: StreamOptions): string[] {
  const failure = failureOf(job);
  if (failure) return [event(openAiError(failure.status, failure))];
  const usage = usageOf(job) ?? null;
  return [
    chunk(job, model, { content: contentOf(job) }, null),
    chunk(job, model, {}, 'stop', { iscoolgpt: detailsOf(job) }),
    ...(includeUsage
      ? [event({ ...headOf(job, model), object: 'chat.completion.chunk', choices: [], usage })]
      : []),
    'data: [DONE]\n\n',
  ];
}

async function* eventsOf(
  { clock, log }: Streaming,
  job: JobRecord,
  options: StreamOptions,
  left: AbortSignal,
): AsyncGenerator<string> {
  yield chunk(job, options.model, { role: 'assistant', content: '' }, null);
  const ended = options.waitForEnd(left);
  try {
    while (!(await settlesWithin(clock, ended, KEEP_ALIVE_MS))) yield ': still here\n\n';
    yield* endOf(await ended, options);
  } catch (error) {
    // The status is sent already: the error can only follow it.
    log.warn({ err: error, job_id: job.id }, 'a completion could not be streamed to its end');
    yield event(openAiErrorOf(toProblemError(error)));
  }
}

/** A completion as server-sent events: the role at once, comments while the job runs, the text when it is merged. */
export function streamCompletion(
  deps: Streaming,
  job: JobRecord,
  options: StreamOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const left = new AbortController();
  const events = eventsOf(deps, job, options, left.signal);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await events.next();
        if (left.signal.aborted) return;
        if (!done) return controller.enqueue(encoder.encode(value));
        options.onEnd();
        controller.close();
      },
      cancel() {
        left.abort();
        options.onEnd();
      },
    },
    { highWaterMark: 0 },
  );
}
