import { createRoute, z } from '@hono/zod-openapi';
import { jobPageSchema } from '../../shared/contract/job-page.ts';
import { LIMITS } from '../../shared/contract/limits.ts';
import { JOB_STATUSES } from '../../shared/contract/states.ts';
import { viewJob } from '../../shared/job/view.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiApp } from '../http/api-app.ts';
import { replyJson, setHeader } from '../http/reply.ts';
import { listJobs } from '../jobs/list-jobs.ts';
import { BEARER, COMMON_PROBLEMS, jsonContent, problemResponses } from './responses.ts';

const querySchema = z.strictObject({
  status: z.enum(JOB_STATUSES).optional(),
  cursor: z.string().min(1).max(1024).optional().meta({ description: 'next_cursor of the page before.' }),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(1).max(LIMITS.pageSizeMax))
    .default(LIMITS.pageSizeDefault)
    .meta({
      type: 'integer',
      minimum: 1,
      maximum: LIMITS.pageSizeMax,
      default: LIMITS.pageSizeDefault,
    }),
});

export function addList(app: ApiApp, deps: ApiDeps): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/jobs',
    operationId: 'listJobs',
    summary: 'List the own jobs, newest first',
    tags: ['jobs'],
    security: BEARER,
    request: { query: querySchema },
    responses: {
      200: {
        description: 'A page; it may be short, or empty, before the last.',
        content: jsonContent(jobPageSchema),
      },
      ...problemResponses(...COMMON_PROBLEMS, 'invalid_request'),
    },
  });
  app.openapi(route, async (c) => {
    const { jobs, cursor } = await listJobs(deps, c.get('client'), c.req.valid('query'));
    setHeader(c, 'cache-control', 'private, no-cache');
    return replyJson(c, { jobs: jobs.map(viewJob), next_cursor: cursor ?? null }, 200);
  });
}
