import type { MiddlewareHandler } from 'hono';
import { JOB_ID } from '../../shared/job/ids.ts';
import type { ApiEnv } from '../http/api-app.ts';
import { noSuchJob } from '../jobs/read-job.ts';

const DESCRIPTION = 'The id of the job.';

/** The `{id}` of a path, as OpenAPI describes it. */
export const JOB_ID_PARAMETER = {
  schema: {
    type: 'string' as const,
    pattern: JOB_ID.source,
    description: DESCRIPTION,
    example: '5f0c2a9d6b1e4c7f8a3d2b1c0e9f8a7b',
  },
  required: true,
  description: DESCRIPTION,
  name: 'id',
  in: 'path' as const,
};

/** An id that no job can have is the id of no job. Not a schema: to parse an object and its text takes more than to look. */
export const possibleJobId: MiddlewareHandler<ApiEnv> = (c, next) => {
  if (!JOB_ID.test(c.req.param('id') ?? '')) throw noSuchJob();
  return next();
};
