import { z } from 'zod';
import { type CommonConfig, readCommonConfig } from '../shared/config/common.ts';
import { type Env, EnvReader } from '../shared/config/env-reader.ts';
import { LIMITS } from '../shared/contract/limits.ts';

/** Whom a key speaks for; the key itself is known by its hash only. */
export interface ApiKey {
  client: string;
  /** SHA-256 of the key, in lower-case hex. */
  sha256: string;
}

export interface ApiConfig extends CommonConfig {
  port: number;
  /** The API's own /metrics; 0: a free port. */
  metricsPort: number;
  /** Empty: everybody on this machine is the client `local`. */
  keys: ApiKey[];
  /** Submits and merges a minute and client, in this process. */
  ratePerMinute: number;
  /** Questions a day (UTC) and client, over all processes. */
  dailyQuota: number;
  /** Messages that may wait before submits are turned away. */
  backlogCap: number;
  /** The longest that `Prefer: wait` holds a response back. */
  maxWaitSeconds: number;
  /** Event streams and long polls that may be open at once in this process: a client's, and everybody's. */
  streamsPerClient: number;
  maxStreams: number;
  /** Replaces the default, a majority of the panel. */
  quorum: number | undefined;
  /** Origins whose pages may call; none: CORS is off. */
  corsOrigins: string[];
  maxBodyBytes: number;
  /** Webhooks are signed by the worker; without its secret a request that wants one is refused. */
  webhooksEnabled: boolean;
  /** How long a stop waits for responses under way. */
  drainSeconds: number;
}

const keysSchema = z
  .array(
    z.strictObject({
      client: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, '1 to 64 characters of A-Z, a-z, 0-9, ".", "_" and "-"'),
      sha256: z
        .string()
        .regex(/^[0-9a-fA-F]{64}$/, 'the SHA-256 of the key in 64 hex digits')
        .toLowerCase(),
    }),
  )
  .min(1, 'must name at least one key')
  .refine((keys) => new Set(keys.map(({ sha256 }) => sha256)).size === keys.length, 'names a key twice');

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

function readKeyFile(env: EnvReader, path: string, readFile: (path: string) => string): ApiKey[] | undefined {
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    env.reject('API_KEYS_FILE', `the file cannot be read (${reason})`);
    return undefined;
  }
  return env.parse('API_KEYS_FILE', text, keysSchema);
}

function readKeys(env: EnvReader, common: CommonConfig, readFile: (path: string) => string): ApiKey[] {
  const file = env.optional('API_KEYS_FILE');
  if (file && env.optional('API_KEYS')) {
    env.reject('API_KEYS_FILE', 'must not be set beside API_KEYS: one of them says who may call');
    return [];
  }
  if (file) return readKeyFile(env, file, readFile) ?? [];
  if (env.optional('API_KEYS')) return env.json('API_KEYS', keysSchema) ?? [];
  if (common.appEnv !== 'local' || !LOOPBACK.includes(common.host)) {
    env.reject(
      'API_KEYS',
      'is missing: without keys the API serves APP_ENV=local on a loopback HOST only; set API_KEYS or API_KEYS_FILE to a JSON list such as [{"client":"web","sha256":"…"}]',
    );
  }
  return [];
}

function readOrigins(env: EnvReader): string[] {
  const origins = (env.optional('CORS_ORIGINS') ?? '')
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      env.reject('CORS_ORIGINS', `"${origin}" must be an origin such as https://example.org, without a path`);
    }
  }
  return origins;
}

/** Throws `ConfigError` with all mistakes. `readFile` reads the file that `API_KEYS_FILE` names. */
export function readApiConfig(environment: Env, readFile: (path: string) => string): ApiConfig {
  const env = new EnvReader(environment);
  const common = readCommonConfig(env);
  const config: ApiConfig = {
    ...common,
    port: env.integer('PORT', 8080, 0, 65_535),
    metricsPort: env.integer('API_METRICS_PORT', 0, 0, 65_535),
    keys: readKeys(env, common, readFile),
    ratePerMinute: env.integer('RATE_PER_MINUTE', 60, 1, 1_000_000),
    dailyQuota: env.integer('DAILY_QUOTA', 2000, 1, 1_000_000_000),
    backlogCap: env.integer('BACKLOG_CAP', 50_000, 1, 1_000_000_000),
    maxWaitSeconds: env.integer('MAX_WAIT_SECONDS', 50, 0, 110),
    streamsPerClient: env.integer('STREAMS_PER_CLIENT', 100, 1, 1_000_000),
    maxStreams: env.integer('MAX_STREAMS', 10_000, 1, 1_000_000),
    quorum: env.optional('QUORUM') ? env.integer('QUORUM', 1, 1, LIMITS.panelSize) : undefined,
    corsOrigins: readOrigins(env),
    maxBodyBytes: env.integer('MAX_BODY_BYTES', 64 * 1024, 1024, 1024 * 1024),
    webhooksEnabled: env.optional('WEBHOOK_SECRET') !== undefined,
    drainSeconds: env.integer('DRAIN_SECONDS', common.appEnv === 'local' ? 2 : 10, 0, 100),
  };
  if (config.quorum !== undefined && config.quorum > common.panel.length && common.panel.length > 0) {
    env.reject('QUORUM', `must not be more than the panel's ${common.panel.length}`);
  }
  env.finish();
  return config;
}
