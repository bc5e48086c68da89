import { createRoute, z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { DEADLINE_GRACE_MS } from '../../shared/contract/limits.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import { isDone } from '../../shared/contract/states.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { type ChatRequest, chatRequestSchema, readChat } from '../chat/chat-request.ts';
import { completionOf, completionSchema, failureOf } from '../chat/completion.ts';
import { streamCompletion } from '../chat/completion-stream.ts';
import { joinJob } from '../chat/join-job.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiApp, ApiContext, ApiEnv } from '../http/api-app.ts';
import { openAiError, openAiErrorSchema } from '../http/openai-error.ts';
import { setHeader } from '../http/reply.ts';
import { waitForEnd } from '../jobs/wait-for-end.ts';
import { callerOf } from './caller.ts';
import { openAiErrorResponses } from './openai-responses.ts';
import { IDEMPOTENCY_KEY_HEADER } from './request-headers.ts';
import { BEARER, jsonContent } from './responses.ts';

const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
};

/** One event of the stream, as its fields. */
const chunkSchema = z
  .object({
    data: z.string().meta({ description: 'A `chat.completion.chunk` as JSON; `[DONE]` at the end.' }),
  })
  .meta({ id: 'ChatCompletionEvent' });

/** What ended, ended for good: a client that tries again by itself would pay for the same failure once more. */
const DO_NOT_RETRY = { 'x-should-retry': 'false' };

/** The job once it has ended. Throws `unavailable` where this process can wait no longer. */
async function endOf(deps: ApiDeps, job: JobRecord, left: AbortSignal): Promise<JobRecord> {
  const leftMs = job.deadline_at + 2 * DEADLINE_GRACE_MS - deps.clock.now();
  const latest = await waitForEnd(deps, job, leftMs, left);
  if (isDone(latest.status) || left.aborted) return latest;
  throw new ProblemError('unavailable', 'The job still runs: send the same request again to join it.', {
    retryAfterSeconds: 1,
  });
}

function stream(
  c: ApiContext,
  deps: ApiDeps,
  job: JobRecord,
  { model, stream_options }: ChatRequest,
  onEnd: () => void,
) {
  const body = streamCompletion(deps, job, {
    model,
    includeUsage: stream_options?.include_usage ?? false,
    waitForEnd: (left) => endOf(deps, job, left),
    onEnd,
  });
  return c.newResponse(body, 200, STREAM_HEADERS);
}

/** OpenAI's door: a conversation in, the merged answer out. A client that leaves does not stop the job. */
export function addChat(app: ApiApp, deps: ApiDeps, rateLimit: MiddlewareHandler<ApiEnv>): void {
  const route = createRoute({
    method: 'post',
    path: '/v1/chat/completions',
    operationId: 'createChatCompletion',
    summary: 'Ask as a chat completion',
    description:
      "OpenAI's chat completions, for tools that speak them already: the last user message with what was said before it is the question, the merged answer is the completion. Other parameters of that protocol are let pass and have no effect.",
    tags: ['chat'],
    security: BEARER,
    middleware: rateLimit,
    parameters: [IDEMPOTENCY_KEY_HEADER],
    request: { body: { required: true, content: jsonContent(chatRequestSchema) } },
    responses: {
      200: {
        description: 'The completion; with `stream` as chunks, the text in one of them.',
        content: { ...jsonContent(completionSchema), 'text/event-stream': { schema: chunkSchema } },
      },
      502: { description: 'No provider gave a usable answer.', content: jsonContent(openAiErrorSchema) },
      504: { description: 'The deadline passed.', content: jsonContent(openAiErrorSchema) },
      ...openAiErrorResponses(
        'malformed_json',
        'invalid_request',
        'unauthorized',
        'not_found',
        'already_ended',
        'payload_too_large',
        'unsupported_media_type',
        'idempotency_mismatch',
        'rate_limited',
        'quota_exceeded',
        'too_many_streams',
        'internal',
        'unavailable',
      ),
    },
  });
  app.openapi(route, async (c) => {
    const request = c.req.valid('json');
    const question = readChat(request);
    const caller = await callerOf(c, 'chat');
    // Whoever could not wait for the answer asks nothing: it would be paid for, and never read.
    const giveBack = deps.streams.take(caller.client);
    const job = await joinJob(deps, caller, question).catch((error: unknown) => {
      giveBack();
      throw error;
    });
    c.set('jobId', job.id);
    if (request.stream) return stream(c, deps, job, request, giveBack);
    const ended = await endOf(deps, job, c.req.raw.signal).finally(giveBack);
    setHeader(c, 'cache-control', 'no-store');
    const failure = failureOf(ended);
    if (failure) return c.json(openAiError(failure.status, failure), failure.status, DO_NOT_RETRY);
    return c.json(completionOf(ended, request.model), 200);
  });
}
