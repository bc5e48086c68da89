import { z } from 'zod';
import { LIMITS } from './limits.ts';

export const MODES = ['fast', 'balanced', 'thorough'] as const;
export type Mode = (typeof MODES)[number];

export const STRATEGIES = ['synthesis', 'consensus'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export const WEBHOOK_EVENTS = ['job.succeeded', 'job.failed', 'job.canceled', 'job.expired'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

export const providerIdSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,31}$/,
    '1 to 32 characters of a-z, 0-9, _ and -, beginning with a letter or digit',
  );

const webhookSchema = z
  .strictObject({
    url: z.url().max(LIMITS.webhookUrlCharacters).meta({ description: 'Where to POST the event.' }),
    events: z
      .array(z.enum(WEBHOOK_EVENTS))
      .min(1)
      .default([...WEBHOOK_EVENTS])
      .meta({ description: 'Which ends to report; default all.' }),
  })
  .meta({ id: 'Webhook' });

const metadataSchema = z
  .record(z.string().min(1).max(LIMITS.metadataKeyCharacters), z.string().max(LIMITS.metadataValueCharacters))
  .refine((record) => Object.keys(record).length <= LIMITS.metadataEntries, {
    message: `at most ${LIMITS.metadataEntries} entries`,
  });

export const jobRequestSchema = z
  .strictObject({
    question: z
      .string()
      .max(LIMITS.questionCharacters)
      .refine((text) => text.trim().length > 0, {
        message: 'must hold at least one character that is not space',
      })
      .meta({
        description: 'The question, 1 to 8,000 characters.',
        example: 'What is a VPC endpoint?',
        pattern: '\\S',
      }),
    providers: z
      .array(providerIdSchema)
      .min(1)
      .max(LIMITS.panelSize)
      .refine((ids) => new Set(ids).size === ids.length, { message: 'names a provider twice' })
      .optional()
      .meta({ description: 'Which of the panel to ask; default all.', uniqueItems: true }),
    mode: z.enum(MODES).default('balanced').meta({
      description:
        'fast: the first usable answer ends the wait. balanced: quorum, then a short grace. thorough: every answer until the deadline.',
    }),
    strategy: z.enum(STRATEGIES).default('synthesis').meta({
      description: 'synthesis: a model merges the answers. consensus: deterministic, no further call.',
    }),
    deadline_seconds: z
      .int()
      .min(LIMITS.deadlineSecondsMin)
      .max(LIMITS.deadlineSecondsMax)
      .default(LIMITS.deadlineSecondsDefault)
      .meta({ description: 'From submit to the end of the job.' }),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as en or pt-BR')
      .optional()
      .meta({ description: "Language of the answer; default the question's own." }),
    metadata: metadataSchema.default({}).meta({
      description: "The caller's own labels, kept and shown.",
      propertyNames: { minLength: 1, maxLength: LIMITS.metadataKeyCharacters },
      maxProperties: LIMITS.metadataEntries,
    }),
    webhook: webhookSchema.optional(),
    cache: z.boolean().default(true).meta({
      description: 'Answer from the store where the same client asked the same panel the same within a day.',
    }),
  })
  .meta({ id: 'JobRequest' });

export type JobRequest = z.output<typeof jobRequestSchema>;

export const mergeRequestSchema = z
  .strictObject({ strategy: z.enum(STRATEGIES) })
  .meta({ id: 'MergeRequest' });
