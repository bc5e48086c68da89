import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_RETRY_AFTER_MS,
  parseProtobufDuration,
  parseRetryAfter,
  readRetryAfterMs,
} from './retry-after.ts';

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['2', 2000],
    [' 120 ', 120_000],
    ['0.5', 500],
    ['999999999999', MAX_RETRY_AFTER_MS],
    ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
    ['Thu, 01 Jan 2026 11:59:00 GMT', 0],
    ['Fri, 01 Jan 2100 00:00:00 GMT', MAX_RETRY_AFTER_MS],
    ['', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['Infinity', undefined],
    ['soon', undefined],
    ['2 seconds', undefined],
    ['2026-01-01T12:00:30Z', undefined],
    ['Thu, 99 Foo 2026 12:00:30 GMT', undefined],
    [null, undefined],
  ])('%j is %j ms', (value, expected) => {
    expect(parseRetryAfter(value, NOW)).toBe(expected);
  });
});

describe("Gemini's retryDelay", () => {
  it.each([
    ['34.07s', 34_070],
    ['34.074824224s', 34_075],
    ['0s', 0],
    ['21s', 21_000],
    ['9999999999s', MAX_RETRY_AFTER_MS],
    ['34', undefined],
    ['-3s', undefined],
    ['1m', undefined],
    ['s', undefined],
    [34, undefined],
    [undefined, undefined],
  ])('%j is %j ms', (value, expected) => {
    expect(parseProtobufDuration(value)).toBe(expected);
  });
});

describe('the headers of a reply', () => {
  it.each<[string, Record<string, string>, number | undefined]>([
    ['nothing', {}, undefined],
    ['milliseconds before seconds', { 'retry-after-ms': '1500', 'retry-after': '2' }, 1500],
    ['seconds where the milliseconds are unreadable', { 'retry-after-ms': 'x', 'retry-after': '2' }, 2000],
    ['a RateLimit policy that is used up', { ratelimit: '"api";r=0;t=34' }, 34_000],
    ['the longest of several', { ratelimit: '"a";r=0;t=3, "b";r=0;t=7, "c";r=5;t=60' }, 7000],
    ['a RateLimit policy with calls left', { ratelimit: '"api";r=01;t=34' }, undefined],
    ['a RateLimit policy with ten left', { ratelimit: '"api";r=10;t=34' }, undefined],
    [
      "OpenAI's reset of what is used up",
      {
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '6m0s',
        'x-ratelimit-remaining-tokens': '50',
        'x-ratelimit-reset-tokens': '9h',
      },
      360_000,
    ],
    [
      'a reset in milliseconds',
      { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '1m1.5s12ms' },
      61_512,
    ],
    [
      'an unreadable reset',
      { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '5 min' },
      undefined,
    ],
  ])('%s', (_case, headers, expected) => {
    expect(readRetryAfterMs(new Headers(headers), NOW)).toBe(expected);
  });

  it('are unsaid or a whole number of milliseconds within a day, whatever they hold', () => {
    const value = fc.oneof(
      fc.string(),
      fc.float().map(String),
      fc.date({ noInvalidDate: true }).map((d) => d.toUTCString()),
    );
    fc.assert(
      fc.property(value, value, value, (ms, after, limit) => {
        const fields: Record<string, string> = {
          'retry-after-ms': ms,
          'retry-after': after,
          ratelimit: limit,
        };
        const waitMs = readRetryAfterMs({ get: (name) => fields[name] ?? null }, NOW);
        if (waitMs === undefined) return;
        expect(Number.isInteger(waitMs)).toBe(true);
        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(waitMs).toBeLessThanOrEqual(MAX_RETRY_AFTER_MS);
      }),
    );
  });
});
