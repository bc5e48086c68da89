import { createRoute } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { mergeRequestSchema } from '../../shared/contract/job-request.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiApp, ApiEnv } from '../http/api-app.ts';
import { mergeJob } from '../jobs/merge-job.ts';
import { callerOf } from './caller.ts';
import { JOB_ID_PARAMETER, possibleJobId } from './job-id.ts';
import { SUBMIT_HEADERS } from './request-headers.ts';
import { respondAccepted } from './respond-accepted.ts';
import {
  ACCEPTED_HEADERS,
  BEARER,
  COMMON_PROBLEMS,
  jobResponse,
  jsonContent,
  problemResponses,
} from './responses.ts';

export function addMerge(app: ApiApp, deps: ApiDeps, rateLimit: MiddlewareHandler<ApiEnv>): void {
  const route = createRoute({
    method: 'post',
    path: '/v1/jobs/{id}/merge',
    operationId: 'mergeJob',
    summary: 'Merge the kept answers again',
    description:
      'Makes a new job of the answers that this one kept; no provider of the panel is called for more.',
    tags: ['jobs'],
    security: BEARER,
    middleware: [rateLimit, possibleJobId],
    parameters: [JOB_ID_PARAMETER, ...SUBMIT_HEADERS],
    request: {
      body: { required: true, content: jsonContent(mergeRequestSchema) },
    },
    responses: {
      200: jobResponse('Done within the time that Prefer gave.', ACCEPTED_HEADERS),
      202: jobResponse('Accepted, or replayed.', ACCEPTED_HEADERS),
      ...problemResponses(
        ...COMMON_PROBLEMS,
        'malformed_json',
        'invalid_request',
        'not_found',
        'still_running',
        'no_answers',
        'deleted',
        'payload_too_large',
        'unsupported_media_type',
        'idempotency_mismatch',
        'rate_limited',
        'submit_unconfirmed',
        'backlog_full',
      ),
    },
  });
  app.openapi(route, async (c) => {
    const id = c.req.param('id');
    const caller = await callerOf(c, 'merge', id);
    const { strategy } = c.req.valid('json');
    return respondAccepted(c, deps, await mergeJob(deps, caller, id, strategy));
  });
}
