import { createRoute, z } from '@hono/zod-openapi';
import { type FieldError, ProblemError } from '../../shared/contract/problem.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiApp } from '../http/api-app.ts';
import { OUTAGE_RETRY_SECONDS } from '../jobs/outage.ts';
import { settlesWithin } from '../settles-within.ts';
import { jsonContent, problemResponses } from './responses.ts';

const TIMEOUT_MS = 2000;

const readySchema = z.object({ status: z.literal('ready') }).meta({ id: 'Ready' });

/** What is wrong with one thing that requests need; empty where nothing is. */
async function check(deps: ApiDeps, name: string, asking: Promise<unknown>): Promise<FieldError[]> {
  try {
    if (await settlesWithin(deps.clock, asking, TIMEOUT_MS)) return [];
    return [{ at: name, message: `did not answer within ${TIMEOUT_MS} ms` }];
  } catch (error) {
    deps.log.warn({ err: error }, `the ${name} is not ready`);
    return [{ at: name, message: 'is unavailable' }];
  }
}

export function addReady(app: ApiApp, deps: ApiDeps): void {
  const route = createRoute({
    method: 'get',
    path: '/ready',
    operationId: 'ready',
    summary: 'Whether jobs can be accepted',
    tags: ['service'],
    responses: {
      200: { description: 'The store and the queue answer.', content: jsonContent(readySchema) },
      ...problemResponses('unavailable'),
    },
  });
  app.openapi(route, async (c) => {
    const found = await Promise.all([
      check(deps, 'store', deps.store.ping()),
      check(deps, 'queue', deps.queue.depth()),
    ]);
    const errors = found.flat();
    if (errors.length === 0) return c.json({ status: 'ready' as const }, 200);
    throw new ProblemError('unavailable', 'Jobs cannot be accepted now.', {
      errors,
      retryAfterSeconds: OUTAGE_RETRY_SECONDS,
    });
  });
}
