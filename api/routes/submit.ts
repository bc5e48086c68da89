import { createRoute } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { jobRequestSchema } from '../../shared/contract/job-request.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiApp, ApiEnv } from '../http/api-app.ts';
import { submitJob } from '../jobs/submit-job.ts';
import { callerOf } from './caller.ts';
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

export function addSubmit(app: ApiApp, deps: ApiDeps, rateLimit: MiddlewareHandler<ApiEnv>): void {
  const route = createRoute({
    method: 'post',
    path: '/v1/jobs',
    operationId: 'submitJob',
    summary: 'Ask a question',
    description:
      'Accepts the question and answers at once; the job ends by its deadline, whatever happens. Poll the job, follow its events or hold the response back with Prefer.',
    tags: ['jobs'],
    security: BEARER,
    middleware: rateLimit,
    parameters: SUBMIT_HEADERS,
    request: { body: { required: true, content: jsonContent(jobRequestSchema) } },
    responses: {
      200: jobResponse('Done within the time that Prefer gave.', ACCEPTED_HEADERS),
      202: jobResponse('Accepted, or replayed.', ACCEPTED_HEADERS),
      ...problemResponses(
        ...COMMON_PROBLEMS,
        'malformed_json',
        'invalid_request',
        'deleted',
        'payload_too_large',
        'unsupported_media_type',
        'idempotency_mismatch',
        'rate_limited',
        'quota_exceeded',
        'submit_unconfirmed',
        'backlog_full',
      ),
    },
  });
  app.openapi(route, async (c) => {
    const caller = await callerOf(c, 'submit');
    return respondAccepted(c, deps, await submitJob(deps, caller, c.req.valid('json')));
  });
}
