import { createMiddleware } from 'hono/factory';
import type { ApiContext, ApiEnv } from '../http/api-app.ts';
import type { ReplyHeaders } from '../http/reply.ts';

/** Nothing that the API answers is a page, but for the page itself and the documentation: these have policies of their own. */
const SECURITY_HEADERS: ReplyHeaders = {
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=15552000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

/** What was made otherwise than by `reply` is given the headers that it lacks. */
function complete({ headers }: Response, c: ApiContext): void {
  for (const [name, value] of Object.entries(c.get('replyHeaders'))) {
    if (!headers.has(name)) headers.set(name, value);
  }
}

/** Every response has the headers that were set for it, by whatever way it was made. */
export function replyHeaders() {
  return createMiddleware<ApiEnv>(async (c, next) => {
    c.set('replyHeaders', { ...SECURITY_HEADERS });
    await next();
    if (c.res !== c.get('reply')) complete(c.res, c);
  });
}
