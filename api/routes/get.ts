import { createRoute } from '@hono/zod-openapi';
import { viewJob } from '../../shared/job/view.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiApp } from '../http/api-app.ts';
import { etagOf, matchesEtag } from '../http/etag.ts';
import { setJobHeaders } from '../http/job-response.ts';
import { reply, replyJson } from '../http/reply.ts';
import { readOwnJob } from '../jobs/read-job.ts';
import { holdBack } from './hold-back.ts';
import { JOB_ID_PARAMETER, possibleJobId } from './job-id.ts';
import { IF_NONE_MATCH_HEADER, PREFER_HEADER } from './request-headers.ts';
import { BEARER, COMMON_PROBLEMS, JOB_HEADERS, jobResponse, problemResponses } from './responses.ts';

export function addGet(app: ApiApp, deps: ApiDeps): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/jobs/{id}',
    operationId: 'getJob',
    summary: 'Poll a job',
    tags: ['jobs'],
    security: BEARER,
    middleware: possibleJobId,
    parameters: [JOB_ID_PARAMETER, PREFER_HEADER, IF_NONE_MATCH_HEADER],
    responses: {
      200: jobResponse('The job as it stands, whatever came of it.'),
      304: { description: 'Nothing changed since the ETag given.', headers: JOB_HEADERS },
      ...problemResponses(...COMMON_PROBLEMS, 'not_found', 'too_many_streams'),
    },
  });
  app.openapi(route, async (c) => {
    const found = await readOwnJob(deps, c.get('client'), c.req.param('id'));
    const job = (await holdBack(c, deps, found)) ?? found;
    setJobHeaders(c, job);
    if (matchesEtag(c.req.header('If-None-Match'), etagOf(job))) return reply(c, null, 304);
    return replyJson(c, viewJob(job), 200);
  });
}
