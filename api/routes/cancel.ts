import { createRoute } from '@hono/zod-openapi';
import type { ApiDeps } from '../deps.ts';
import type { ApiApp } from '../http/api-app.ts';
import { presentJob } from '../http/job-response.ts';
import { replyJson } from '../http/reply.ts';
import { cancelJob } from '../jobs/cancel-job.ts';
import { JOB_ID_PARAMETER, possibleJobId } from './job-id.ts';
import { BEARER, COMMON_PROBLEMS, jobResponse, problemResponses } from './responses.ts';

export function addCancel(app: ApiApp, deps: ApiDeps): void {
  const route = createRoute({
    method: 'post',
    path: '/v1/jobs/{id}/cancel',
    operationId: 'cancelJob',
    summary: 'Cancel a job',
    tags: ['jobs'],
    security: BEARER,
    middleware: possibleJobId,
    parameters: [JOB_ID_PARAMETER],
    responses: {
      200: jobResponse('Canceled: nobody had begun it, or it was canceled before.'),
      202: jobResponse('Canceling: its calls are being stopped.'),
      ...problemResponses(...COMMON_PROBLEMS, 'not_found', 'already_ended'),
    },
  });
  app.openapi(route, async (c) => {
    const job = await cancelJob(deps, c.get('client'), c.req.param('id'));
    const view = presentJob(c, job);
    return job.status === 'canceling' ? replyJson(c, view, 202) : replyJson(c, view, 200);
  });
}
