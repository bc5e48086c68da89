import { createRoute, z } from '@hono/zod-openapi';
import { CHAT_MODELS, modeOfModel } from '../chat/models.ts';
import type { ApiApp } from '../http/api-app.ts';
import { openAiErrorResponses } from './openai-responses.ts';
import { BEARER, jsonContent } from './responses.ts';

const modelSchema = z
  .object({
    id: z.string(),
    object: z.literal('model'),
    created: z.int().meta({ description: 'Always 0: a model here is a way to ask the panel.' }),
    owned_by: z.string(),
  })
  .meta({ id: 'Model' });

const viewModel = (id: string) => ({ id, object: 'model' as const, created: 0, owned_by: 'iscoolgpt' });

export function addModels(app: ApiApp): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/models',
    operationId: 'listModels',
    summary: 'The names to ask under by chat completions',
    tags: ['chat'],
    security: BEARER,
    responses: {
      200: {
        description: 'All of them.',
        content: jsonContent(z.object({ object: z.literal('list'), data: z.array(modelSchema) })),
      },
      ...openAiErrorResponses('unauthorized', 'internal', 'unavailable'),
    },
  });
  app.openapi(list, (c) => c.json({ object: 'list' as const, data: CHAT_MODELS.map(viewModel) }, 200));

  const one = createRoute({
    method: 'get',
    path: '/v1/models/{model}',
    operationId: 'getModel',
    summary: 'One name to ask under',
    tags: ['chat'],
    security: BEARER,
    request: { params: z.object({ model: z.string().meta({ example: 'iscoolgpt' }) }) },
    responses: {
      200: { description: 'It.', content: jsonContent(modelSchema) },
      ...openAiErrorResponses('unauthorized', 'not_found', 'internal', 'unavailable'),
    },
  });
  app.openapi(one, (c) => {
    const { model } = c.req.valid('param');
    modeOfModel(model);
    return c.json(viewModel(model), 200);
  });
}
