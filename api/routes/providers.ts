import { createRoute } from '@hono/zod-openapi';
import { providersSchema } from '../../shared/contract/providers.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiApp } from '../http/api-app.ts';
import { viewProviders } from '../jobs/view-providers.ts';
import { BEARER, COMMON_PROBLEMS, jsonContent, problemResponses } from './responses.ts';

export function addProviders(app: ApiApp, deps: ApiDeps): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/providers',
    operationId: 'listProviders',
    summary: 'The panel, and how the workers see it',
    tags: ['service'],
    security: BEARER,
    responses: {
      200: {
        description:
          'Models and limits, and for each worker that is alive its breakers, limiters and latencies.',
        content: jsonContent(providersSchema),
      },
      ...problemResponses(...COMMON_PROBLEMS),
    },
  });
  app.openapi(route, async (c) => {
    const presences = await deps.store.listPresences();
    return c.json(viewProviders(deps.config, presences, deps.clock.now()), 200);
  });
}
