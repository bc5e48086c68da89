import { hash, timingSafeEqual } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ApiKey } from '../config.ts';
import type { ApiEnv } from '../http/api-app.ts';
import { setHeader } from '../http/reply.ts';

/** Who calls where no key is asked for. */
export const LOCAL_CLIENT = 'local';

interface KnownKey {
  client: string;
  hash: Buffer;
}

/** Compares with every key, found or not: the time taken says nothing about how near a guess came. */
function clientOf(known: readonly KnownKey[], key: string): string | undefined {
  const asked = hash('sha256', key, 'buffer');
  let client: string | undefined;
  for (const candidate of known) {
    if (timingSafeEqual(candidate.hash, asked)) client = candidate.client;
  }
  return client;
}

/** RFC 6750: finds out which client calls. OPTIONS asks for nothing that is anybody's. */
export function bearerAuth(keys: readonly ApiKey[]) {
  const known = keys.map(({ client, sha256 }) => ({ client, hash: Buffer.from(sha256, 'hex') }));
  return createMiddleware<ApiEnv>((c, next) => {
    if (c.req.method === 'OPTIONS') return next();
    const [, key] = /^Bearer +([^ ]+) *$/i.exec(c.req.header('Authorization') ?? '') ?? [];
    const client = known.length === 0 ? LOCAL_CLIENT : key === undefined ? undefined : clientOf(known, key);
    if (client === undefined) {
      setHeader(c, 'www-authenticate', key === undefined ? 'Bearer' : 'Bearer error="invalid_token"');
      throw new ProblemError(
        'unauthorized',
        'Send the header "Authorization: Bearer <API key>" with a valid key.',
      );
    }
    c.set('client', client);
    return next();
  });
}
