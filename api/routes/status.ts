import { createRoute } from '@hono/zod-openapi';
import { statusSchema } from '../../shared/contract/status.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiApp } from '../http/api-app.ts';
import { replyJson, setHeader } from '../http/reply.ts';
import { ServiceStatus } from '../status/service-status.ts';
import { BEARER, COMMON_PROBLEMS, jsonContent, problemResponses } from './responses.ts';

export function addStatus(app: ApiApp, deps: ApiDeps): void {
  const status = new ServiceStatus(deps);
  const route = createRoute({
    method: 'get',
    path: '/v1/status',
    operationId: 'getStatus',
    summary: 'The queue, the open jobs and the own jobs of today',
    tags: ['service'],
    security: BEARER,
    responses: {
      200: {
        description: 'At most a few seconds old. The panel and its workers are at /v1/providers.',
        content: jsonContent(statusSchema),
      },
      ...problemResponses(...COMMON_PROBLEMS),
    },
  });
  app.openapi(route, async (c) => {
    const view = await status.view(c.get('client'));
    setHeader(c, 'cache-control', 'private, no-store');
    return replyJson(c, view, 200);
  });
}
