import { z } from 'zod';
import { jobSchema } from './job.ts';

export const jobPageSchema = z
  .object({
    jobs: z.array(jobSchema),
    next_cursor: z.string().nullable().meta({ description: 'Null on the last page.' }),
  })
  .meta({ id: 'JobPage' });
