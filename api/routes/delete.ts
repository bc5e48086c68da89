import { createRoute } from '@hono/zod-openapi';
import type { ApiDeps } from '../deps.ts';
import type { ApiApp } from '../http/api-app.ts';
import { deleteJob } from '../jobs/delete-job.ts';
import { JOB_ID_PARAMETER, possibleJobId } from './job-id.ts';
import { BEARER, COMMON_PROBLEMS, problemResponses } from './responses.ts';

export function addDelete(app: ApiApp, deps: ApiDeps): void {
  const route = createRoute({
    method: 'delete',
    path: '/v1/jobs/{id}',
    operationId: 'deleteJob',
    summary: 'Delete an ended job',
    description: 'Its content is removed; its id and its Idempotency-Key stay taken until they expire.',
    tags: ['jobs'],
    security: BEARER,
    middleware: possibleJobId,
    parameters: [JOB_ID_PARAMETER],
    responses: {
      204: { description: 'Deleted, or not there.' },
      ...problemResponses(...COMMON_PROBLEMS, 'not_found', 'cancel_first'),
    },
  });
  app.openapi(route, async (c) => {
    const id = c.req.param('id');
    c.set('jobId', id);
    await deleteJob(deps, c.get('client'), id);
    return c.body(null, 204);
  });
}
