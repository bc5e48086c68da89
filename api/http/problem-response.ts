import { HTTPException } from 'hono/http-exception';
import { PROBLEMS, type Problem, ProblemError } from '../../shared/contract/problem.ts';
import { QueueUnavailableError } from '../../shared/ports/queue.ts';
import { StoreUnavailableError } from '../../shared/ports/store.ts';
import { OUTAGE_RETRY_SECONDS } from '../jobs/outage.ts';
import type { ApiContext } from './api-app.ts';
import { openAiErrorOf, speaksOpenAi } from './openai-error.ts';
import { type ReplyHeaders, reply, setHeader } from './reply.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** RFC 9457 for one error. `instance` is the path that was asked for. */
export function problemOf(error: ProblemError, instance: string, requestId: string): Problem {
  const [status, title] = PROBLEMS[error.code];
  return {
    type: `urn:iscoolgpt:problem:${error.code}`,
    title,
    status,
    detail: error.message,
    instance,
    code: error.code,
    request_id: requestId,
    errors: error.errors,
  };
}

function fromHttpException(error: HTTPException): ProblemError {
  if (error.status === 415) {
    return new ProblemError(
      'unsupported_media_type',
      'Send the body as JSON, with Content-Type: application/json.',
    );
  }
  if (error.status === 400) {
    return new ProblemError('malformed_json', 'The body could not be parsed as JSON.');
  }
  return new ProblemError('internal', 'The request could not be served.', { cause: error });
}

/** As Node has it where a client is gone, or no HTTP any more, in the middle of its body. */
function isCutOff(error: unknown): boolean {
  return (
    error instanceof Error && error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET'
  );
}

/** Says any error in the words of the contract; one that is not foreseen says nothing of itself. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof HTTPException) return fromHttpException(error);
  if (isCutOff(error)) return new ProblemError('invalid_request', 'The body ended before it was complete.');
  const outage = { retryAfterSeconds: OUTAGE_RETRY_SECONDS, cause: error };
  if (error instanceof StoreUnavailableError) {
    return new ProblemError('unavailable', 'The store of jobs does not answer; try again.', outage);
  }
  if (error instanceof QueueUnavailableError) {
    return new ProblemError('unavailable', 'The queue of jobs does not answer; try again.', outage);
  }
  return new ProblemError('internal', 'The error was logged under the id of this request.', { cause: error });
}

export function problemResponse(c: ApiContext, error: ProblemError, headers: ReplyHeaders = {}): Response {
  const toOpenAi = speaksOpenAi(c.req.path);
  const body = toOpenAi ? openAiErrorOf(error) : problemOf(error, c.req.path, c.get('requestId'));
  setHeader(c, 'content-type', toOpenAi ? 'application/json' : PROBLEM_TYPE);
  setHeader(c, 'cache-control', 'no-store');
  if (error.retryAfterSeconds !== undefined) setHeader(c, 'retry-after', String(error.retryAfterSeconds));
  Object.assign(c.get('replyHeaders'), headers);
  return reply(c, JSON.stringify(body), PROBLEMS[error.code][0]);
}
