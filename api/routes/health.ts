import { createRoute, z } from '@hono/zod-openapi';
import type { ApiDeps } from '../deps.ts';
import type { ApiApp } from '../http/api-app.ts';
import { VERSION } from '../version.ts';
import { jsonContent } from './responses.ts';

const healthSchema = z
  .object({ status: z.literal('ok'), version: z.string(), uptime_seconds: z.int() })
  .meta({ id: 'Health' });

/** Says that the process lives and nothing else: an outage of the store must not have it killed. */
export function addHealth(app: ApiApp, { clock }: ApiDeps): void {
  const startedAt = clock.monotonic();
  const route = createRoute({
    method: 'get',
    path: '/health',
    operationId: 'health',
    summary: 'Whether the process lives',
    tags: ['service'],
    responses: { 200: { description: 'It does.', content: jsonContent(healthSchema) } },
  });
  app.openapi(route, (c) => {
    const uptimeSeconds = Math.floor((clock.monotonic() - startedAt) / 1000);
    return c.json({ status: 'ok' as const, version: VERSION, uptime_seconds: uptimeSeconds }, 200);
  });
}
