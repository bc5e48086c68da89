import { z } from 'zod';
import { JOB_STATUSES, type JobStatus } from './states.ts';

const time = z.iso.datetime();

const byStatusSchema = z
  .object(Object.fromEntries(JOB_STATUSES.map((status) => [status, z.int()])) as Record<JobStatus, z.ZodInt>)
  .meta({ id: 'JobsByStatus' });

const openJobsSchema = z
  .object({
    counted: z.int(),
    complete: z.boolean().meta({ description: 'False where there are more than were counted.' }),
    by_status: byStatusSchema.meta({
      description: 'An ended one is open while its webhook is still to be delivered.',
    }),
    oldest_queued_ms: z
      .int()
      .nullable()
      .meta({ description: 'How long the oldest has waited for a worker.' }),
  })
  .meta({ id: 'OpenJobs', description: "Everybody's jobs that still need a worker, in numbers only." });

const minuteSchema = z
  .object({
    at: time.meta({ description: 'Where the minute begins.' }),
    succeeded: z.int(),
    degraded: z.int().meta({ description: 'Succeeded below the quorum; not in `succeeded`.' }),
    failed: z.int().meta({ description: 'Failed or expired.' }),
    canceled: z.int(),
    open: z.int(),
  })
  .meta({ id: 'Minute' });

const ownJobsSchema = z
  .object({
    since: time.meta({ description: 'The beginning of today (UTC), or an hour ago if that is earlier.' }),
    counted: z.int(),
    complete: z.boolean().meta({ description: 'False where only the newest of them were counted.' }),
    today: z.object({
      by_status: byStatusSchema,
      spent_usd: z.number().meta({ description: 'What the priced calls of these jobs cost.' }),
      unpriced_calls: z.int(),
    }),
    last_hour: z
      .array(minuteSchema)
      .meta({ description: 'Sixty minutes, oldest first, by when the job was accepted.' }),
  })
  .meta({ id: 'OwnJobs', description: "The caller's jobs." });

/** How the service is, at a glance; what a number counts is said where it stands. */
export const statusSchema = z
  .object({
    at: time,
    queue: z
      .object({ waiting: z.int(), in_flight: z.int(), delayed: z.int() })
      .nullable()
      .meta({ description: 'Messages, approximately; null where the queue does not answer.' }),
    open_jobs: openJobsSchema,
    own_jobs: ownJobsSchema,
  })
  .meta({ id: 'Status' });

export type StatusView = z.output<typeof statusSchema>;
export type Minute = z.output<typeof minuteSchema>;
