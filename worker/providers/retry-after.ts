/** A wait longer than a day tells no more than a day does; the caller's deadline is far shorter. */
export const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/** The part of `Headers` that is read here. */
export interface HeaderSource {
  get(name: string): string | null;
}

/**
 * How long a reply asks to wait, in milliseconds, in [0, MAX_RETRY_AFTER_MS]; undefined if it does not say.
 * What cannot be read counts as not said: a guess would be worse than our own backoff.
 * Sources: RFC 9110 10.2.3; OpenAI's `retry-after-ms` and `x-ratelimit-*`; the IETF RateLimit header draft.
 */
export function readRetryAfterMs(headers: HeaderSource, nowMs: number): number | undefined {
  return (
    parseMilliseconds(headers.get('retry-after-ms')) ??
    parseRetryAfter(headers.get('retry-after'), nowMs) ??
    parseExhaustedLimit(headers.get('ratelimit')) ??
    readOpenAiReset(headers)
  );
}

const DECIMAL = /^\d+(\.\d+)?$/;
const IMF_FIXDATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

function parseMilliseconds(value: string | null): number | undefined {
  const text = value?.trim() ?? '';
  return DECIMAL.test(text) ? bound(Number(text)) : undefined;
}

/** `Retry-After`: seconds or an HTTP date; a date that has passed means now. */
export function parseRetryAfter(value: string | null, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (DECIMAL.test(text)) return bound(Number(text) * 1000);
  if (!IMF_FIXDATE.test(text)) return undefined;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : bound(atMs - nowMs);
}

/** A protobuf duration as JSON, such as the `34.07s` of Gemini's RetryInfo. */
export function parseProtobufDuration(value: unknown): number | undefined {
  const seconds = typeof value === 'string' ? /^(\d+(?:\.\d{1,9})?)s$/.exec(value)?.[1] : undefined;
  return seconds === undefined ? undefined : bound(Number(seconds) * 1000);
}

/** `RateLimit: "default";r=0;t=34`: only a policy with nothing remaining asks to wait. */
function parseExhaustedLimit(value: string | null): number | undefined {
  const waits = (value ?? '')
    .split(',')
    .filter((policy) => /;\s*r=0(?:;|\s|$)/.test(policy))
    .map((policy) => /;\s*t=(\d+)(?:;|\s|$)/.exec(policy)?.[1])
    .filter((seconds) => seconds !== undefined);
  return waits.length === 0 ? undefined : bound(Math.max(...waits.map(Number)) * 1000);
}

function readOpenAiReset(headers: HeaderSource): number | undefined {
  const waits = ['requests', 'tokens']
    .filter((kind) => headers.get(`x-ratelimit-remaining-${kind}`)?.trim() === '0')
    .map((kind) => parseGoDuration(headers.get(`x-ratelimit-reset-${kind}`)))
    .filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Math.max(...waits);
}

const UNIT_MS = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]);

/** OpenAI writes resets as Go durations: `6m0s`, `1.5s`, `12ms`. */
function parseGoDuration(value: string | null): number | undefined {
  const text = value?.trim() ?? '';
  if (!/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(text)) return undefined;
  let totalMs = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)) {
    totalMs += Number(amount) * (UNIT_MS.get(unit ?? '') ?? 0);
  }
  return bound(totalMs);
}

function bound(ms: number): number {
  return Math.min(Math.max(Math.ceil(ms), 0), MAX_RETRY_AFTER_MS);
}
