import { createRoute, z } from '@hono/zod-openapi';
import { isDone } from '../../shared/contract/states.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiApp } from '../http/api-app.ts';
import { jobEvents } from '../jobs/job-events.ts';
import { readOwnJob } from '../jobs/read-job.ts';
import { JOB_ID_PARAMETER, possibleJobId } from './job-id.ts';
import { LAST_EVENT_ID_HEADER } from './request-headers.ts';
import { BEARER, COMMON_PROBLEMS, problemResponses } from './responses.ts';

const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
};

/** One event of the stream, as its fields. */
const eventSchema = z
  .object({
    event: z.literal('job'),
    id: z.string().meta({ description: 'The revision that it shows.' }),
    data: z.string().meta({ description: '`{"v":1,"job":{…}}` as JSON.' }),
  })
  .meta({ id: 'JobEvent' });

/** A revision; what is not one has seen nothing. */
function revisionOf(lastEventId: string | undefined): number {
  return /^\d{1,15}$/.test(lastEventId ?? '') ? Number(lastEventId) : 0;
}

export function addEvents(app: ApiApp, deps: ApiDeps): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/jobs/{id}/events',
    operationId: 'followJob',
    summary: 'Follow a job',
    description:
      'Events named `job`, each with the whole job as `{"v":1,"job":{…}}` and its revision as id, until the job is done; a comment every 15 s between them.',
    tags: ['jobs'],
    security: BEARER,
    middleware: possibleJobId,
    parameters: [JOB_ID_PARAMETER, LAST_EVENT_ID_HEADER],
    responses: {
      200: {
        description: 'The stream.',
        content: { 'text/event-stream': { schema: eventSchema } },
      },
      204: { description: 'The job is done and the last event was seen: do not connect again.' },
      ...problemResponses(...COMMON_PROBLEMS, 'not_found', 'too_many_streams'),
    },
  });
  app.openapi(route, async (c) => {
    const job = await readOwnJob(deps, c.get('client'), c.req.param('id'));
    c.set('jobId', job.id);
    const seenRevision = revisionOf(c.req.header('Last-Event-ID'));
    // What an EventSource takes as "no more": it would connect for ever to a stream that only ends.
    if (isDone(job.status) && job.revision <= seenRevision) return c.body(null, 204);
    // A HEAD never reads the stream, and so would never end its watch.
    if (c.req.method === 'HEAD') return c.newResponse(null, 200, STREAM_HEADERS);
    const giveBack = deps.streams.take(job.client);
    return c.newResponse(jobEvents(deps, job, seenRevision, giveBack), 200, STREAM_HEADERS);
  });
}
