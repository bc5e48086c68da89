import { z } from 'zod';

const time = z.iso.datetime();

const providerOfWorkerSchema = z
  .object({
    worker: z.string(),
    seen_at: time,
    age_ms: z.int().meta({ description: 'How old this report is.' }),
    breaker: z.object({
      state: z.enum(['closed', 'open', 'half_open']),
      reason: z.string().nullable(),
      retry_at: time.nullable(),
    }),
    limiter: z.object({
      concurrency: z.number(),
      max: z.number(),
      active: z.int(),
      waiting: z.int(),
    }),
    latency_ms: z.object({ p50: z.number(), p95: z.number(), n: z.int() }).nullable(),
    error_ratio: z.number().nullable(),
  })
  .meta({ id: 'ProviderOfWorker' });

/** The panel, and how each worker that is alive sees it. */
export const providersSchema = z
  .object({
    providers: z.array(
      z.object({
        id: z.string(),
        model: z.string(),
        simulated: z.boolean(),
        workers: z.array(providerOfWorkerSchema),
      }),
    ),
    workers: z.array(
      z.object({
        id: z.string(),
        started_at: time,
        seen_at: time,
        age_ms: z.int(),
        slots: z.object({ total: z.int(), busy: z.int() }),
      }),
    ),
    limits: z.object({
      panel_size: z.int(),
      quorum: z.int(),
      question_characters: z.int(),
      deadline_seconds_max: z.int(),
      max_wait_seconds: z.int(),
      rate_per_minute: z.int(),
      daily_quota: z.int(),
    }),
  })
  .meta({ id: 'Providers' });

export type ProvidersView = z.output<typeof providersSchema>;
