import { PROBLEMS, type ProblemError } from '../../shared/contract/problem.ts';
import { PROBLEM_TYPE, problemOf } from './problem-response.ts';

/** A problem for a request that never became one: what could not be read of it, its path, is left empty. */
export function unroutedProblem(error: ProblemError, requestId: string): Response {
  return new Response(JSON.stringify(problemOf(error, '', requestId)), {
    status: PROBLEMS[error.code][0],
    headers: { 'Content-Type': PROBLEM_TYPE, 'X-Request-Id': requestId, 'Cache-Control': 'no-store' },
  });
}

/** The same as the bytes of a whole HTTP/1.1 response, after which the connection ends. */
export function rawProblem(error: ProblemError, requestId: string): string {
  const body = JSON.stringify(problemOf(error, '', requestId));
  const [status, title] = PROBLEMS[error.code];
  return [
    `HTTP/1.1 ${status} ${title}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
