import { z } from 'zod';
import { providerIdSchema } from '../contract/job-request.ts';
import { LIMITS } from '../contract/limits.ts';
import type { PanelMember } from '../job/record.ts';
import type { EnvReader } from './env-reader.ts';
import { DEFAULT_SYSTEM_PROMPT } from './system-prompt.ts';

export const APP_ENVS = ['local', 'staging', 'production'] as const;
export type AppEnv = (typeof APP_ENVS)[number];

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface AwsConfig {
  region: string;
  sqsEndpoint: string | undefined;
  dynamodbEndpoint: string | undefined;
  /** Made-up ones for an emulator that checks none; undefined: the SDK's own chain. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
  queueUrl: string;
  deadLetterQueueUrl: string;
  tableName: string;
}

export interface TelemetryConfig {
  /** Metrics go to the log each minute, as lines from which CloudWatch takes them. */
  emf: boolean;
  /** Where an OpenTelemetry collector takes traces over HTTP; undefined: nothing is traced. */
  otlpEndpoint: string | undefined;
  /** The share of traces, 0 to 1, that begin here and are sent. */
  traceRatio: number;
}

/** What api and worker both need to know, and must know alike. */
export interface CommonConfig {
  appEnv: AppEnv;
  host: string;
  logLevel: LogLevel;
  aws: AwsConfig;
  panel: PanelMember[];
  /** The longest a worker may be unheard of, in seconds: a message's visibility and a claim's lease. */
  visibilitySeconds: number;
  /** The role that providers are given. */
  systemPrompt: string;
  telemetry: TelemetryConfig;
}

export const panelSchema = z
  .array(z.strictObject({ id: providerIdSchema, model: z.string().min(1).max(200) }))
  .min(1)
  .max(LIMITS.panelSize)
  .refine((panel) => new Set(panel.map(({ id }) => id)).size === panel.length, 'names an id twice');

export { isSimulated } from '../contract/simulated.ts';

function readCredentials(env: EnvReader, appEnv: AppEnv): AwsConfig['credentials'] {
  const emulated = env.optional('AWS_ENDPOINT_URL_SQS') && env.optional('AWS_ENDPOINT_URL_DYNAMODB');
  const configured = env.optional('AWS_ACCESS_KEY_ID') ?? env.optional('AWS_PROFILE');
  if (appEnv !== 'local' || !emulated || configured) return undefined;
  return { accessKeyId: 'local', secretAccessKey: 'local' };
}

export function readAwsConfig(env: EnvReader, appEnv: AppEnv): AwsConfig {
  return {
    region: env.optional('AWS_REGION') ?? 'us-east-1',
    sqsEndpoint: env.url('AWS_ENDPOINT_URL_SQS'),
    dynamodbEndpoint: env.url('AWS_ENDPOINT_URL_DYNAMODB'),
    credentials: readCredentials(env, appEnv),
    queueUrl: env.required('QUEUE_URL', 'the address of the queue of jobs'),
    deadLetterQueueUrl: env.required('DEAD_LETTER_QUEUE_URL', 'the address of the dead letter queue'),
    tableName: env.required('TABLE_NAME', 'the name of the table of jobs'),
  };
}

function readPanel(env: EnvReader): PanelMember[] {
  env.required(
    'PANEL',
    'a JSON list such as [{"id":"openai","model":"gpt-5-mini"}], the same for api and worker',
  );
  return env.json('PANEL', panelSchema) ?? [];
}

export function readCommonConfig(env: EnvReader): CommonConfig {
  const appEnv = env.oneOf('APP_ENV', APP_ENVS, 'local');
  return {
    appEnv,
    host: env.optional('HOST') ?? (appEnv === 'local' ? '127.0.0.1' : '0.0.0.0'),
    logLevel: env.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    aws: readAwsConfig(env, appEnv),
    panel: readPanel(env),
    visibilitySeconds: env.integer('VISIBILITY_SECONDS', 45, 3, 43_200),
    systemPrompt: env.optional('SYSTEM_PROMPT') ?? DEFAULT_SYSTEM_PROMPT,
    telemetry: {
      emf: env.oneOf('METRICS_EMF', ['0', '1'], '0') === '1',
      otlpEndpoint: env.url('OTEL_EXPORTER_OTLP_ENDPOINT'),
      traceRatio: env.json('OTEL_TRACES_SAMPLER_ARG', z.number().min(0).max(1)) ?? 1,
    },
  };
}
