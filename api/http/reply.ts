import type { TypedResponse } from 'hono';
import type { ContentfulStatusCode, StatusCode } from 'hono/utils/http-status';
import type { ApiContext } from './api-app.ts';

/**
 * Headers of a response that is not made yet, by their names in lower case. A plain object, which goes to the socket
 * as it stands: the standard's `Headers` check, copy and sort at every step, a sixth of what a poll costs.
 */
export type ReplyHeaders = Record<Lowercase<string>, string>;

/** Whatever the response will be, it says this, unless it has a word of its own. */
export function setHeader(c: ApiContext, name: Lowercase<string>, value: string): void {
  c.get('replyHeaders')[name] = value;
}

export function reply(c: ApiContext, body: string | null, status: StatusCode): Response {
  const response = new Response(body, { status, headers: c.get('replyHeaders') });
  c.set('reply', response);
  return response;
}

/** As `c.json`, at less cost. */
export function replyJson<T, S extends ContentfulStatusCode>(c: ApiContext, value: T, status: S) {
  setHeader(c, 'content-type', 'application/json');
  return reply(c, JSON.stringify(value), status) as Response & TypedResponse<T, S, 'json'>;
}
