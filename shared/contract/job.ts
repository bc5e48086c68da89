import { z } from 'zod';
import { MODES, STRATEGIES } from './job-request.ts';
import { OUTCOMES } from './outcome.ts';
import { JOB_PHASES, JOB_STATUSES } from './states.ts';

const time = z.iso.datetime();

export const PROVIDER_STATES = [
  'pending',
  'running',
  'waiting',
  'answered',
  'late',
  'failed',
  'skipped',
  'outcome_unknown',
] as const;

/** Why a provider gave no answer: an outcome of its calls, or why no call was made. */
export const PROVIDER_ERROR_CODES = [
  ...OUTCOMES,
  'breaker_open',
  'attempt_cap',
  'not_consulted',
  'unconfigured',
] as const;

export type ProviderErrorCode = (typeof PROVIDER_ERROR_CODES)[number];

export const JOB_ERROR_CODES = ['no_usable_answer', 'deadline_exceeded', 'poison', 'expired'] as const;

export type JobErrorCode = (typeof JOB_ERROR_CODES)[number];

const usageSchema = z.object({ input_tokens: z.int(), output_tokens: z.int() });

const costSchema = z
  .object({ usd: z.number().nullable(), priced: z.boolean() })
  .meta({ description: 'US dollars; priced is false, and usd null, where the price is unknown.' });

const answerSchema = z.object({ text: z.string(), language: z.string().nullable() });

const providerViewSchema = z
  .object({
    id: z.string(),
    model: z.string(),
    state: z.enum(PROVIDER_STATES),
    attempts: z.int().meta({ description: 'Calls counted for this job, each before it was made.' }),
    finish: z.string().nullable(),
    latency_ms: z.int().nullable(),
    answer: answerSchema.nullable(),
    filtered: z.object({ reason: z.string() }).nullable(),
    usage: usageSchema.nullable(),
    cost: costSchema.nullable(),
    error: z
      .object({ code: z.enum(PROVIDER_ERROR_CODES), message: z.string(), retryable: z.boolean() })
      .nullable(),
    next_attempt_at: time.nullable(),
  })
  .meta({ id: 'ProviderOfJob' });

const ledgerLineSchema = z
  .object({
    provider: z.string(),
    purpose: z.enum(['answer', 'merge']),
    started_at: time,
    outcome: z.enum([...OUTCOMES, 'running', 'outcome_unknown']),
    possibly_billed: z.boolean(),
    cost: costSchema,
  })
  .meta({ id: 'LedgerLine' });

export const jobSchema = z
  .object({
    id: z.string(),
    status: z.enum(JOB_STATUSES),
    phase: z.enum(JOB_PHASES).nullable(),
    done: z
      .boolean()
      .meta({ description: 'True once the status is final: stop polling on this, not on names.' }),
    revision: z.int().meta({ description: 'Grows with each change; the id of the SSE event that shows it.' }),
    degraded: z
      .boolean()
      .meta({ description: 'True where the merged answer rests on less than the quorum.' }),
    quorum: z.object({ required: z.int(), got: z.int() }),
    question: z.string(),
    mode: z.enum(MODES),
    strategy: z.enum(STRATEGIES),
    language: z.string().nullable(),
    metadata: z.record(z.string(), z.string()),
    simulated: z.boolean(),
    answer: answerSchema.nullable(),
    agreement: z
      .object({ score: z.number(), method: z.string(), n: z.int() })
      .nullable()
      .meta({ description: 'Null where fewer than two answers could be compared.' }),
    dissent: z.array(z.object({ providers: z.array(z.string()), claim: z.string() })),
    aggregator: z
      .object({
        strategy: z.enum(STRATEGIES),
        merger: z.string().nullable(),
        providers: z.array(z.string()).meta({ description: 'Whose answers were merged.' }),
        fallback_reason: z.string().nullable(),
      })
      .nullable(),
    providers: z.array(providerViewSchema),
    error: z
      .object({ code: z.enum(JOB_ERROR_CODES), message: z.string(), retryable: z.boolean() })
      .nullable(),
    created_at: time,
    started_at: time.nullable(),
    finished_at: time.nullable(),
    deadline_at: time,
    expires_at: time,
    cached_from: z.string().nullable(),
    merged_from: z.string().nullable(),
    webhook: z
      .object({
        url: z.string(),
        events: z.array(z.string()),
        state: z.enum(['waiting', 'pending', 'delivered', 'failed', 'disabled', 'unwanted']),
        attempts: z.int(),
      })
      .nullable(),
    ledger: z.object({
      spent_usd: z
        .number()
        .nullable()
        .meta({ description: 'Null where nothing that was called has a price.' }),
      unpriced_calls: z.int(),
      calls: z.array(ledgerLineSchema),
    }),
    links: z.object({ self: z.string(), events: z.string(), cancel: z.string(), merge: z.string() }),
  })
  .meta({ id: 'Job' });

export type JobView = z.output<typeof jobSchema>;
export type ProviderView = z.output<typeof providerViewSchema>;
