import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../shared/contract/problem.ts';
import { matchesEtag } from './etag.ts';
import { parseIdempotencyKey } from './idempotency-key.ts';
import { preferredWaitSeconds } from './prefer.ts';

describe('Prefer', () => {
  test.each([
    ['wait=10', 10],
    ['WAIT = 10', 10],
    ['wait="10"', 10],
    ['respond-async, wait=10', 10],
    ['wait=10; why=soon, handling=strict', 10],
    ['wait=0', 0],
    ['wait=60', 50],
    ['wait=999999999', 50],
    [undefined, undefined],
    ['', undefined],
    ['wait', undefined],
    ['wait=', undefined],
    ['wait=-1', undefined],
    ['wait=1.5', undefined],
    ['wait=ten', undefined],
    ['await=10', undefined],
  ])('%j asks for %j', (header, seconds) => {
    expect(preferredWaitSeconds(header, 50)).toBe(seconds);
  });
});

describe('If-None-Match', () => {
  test.each([
    ['"a-1"', true],
    ['W/"a-1"', true],
    ['"b-1" , "a-1"', true],
    ['*', true],
    [undefined, false],
    ['', false],
    ['a-1', false],
    ['"a-11"', false],
  ])('%j matches "a-1": %j', (header, matches) => {
    expect(matchesEtag(header, '"a-1"')).toBe(matches);
  });
});

describe('Idempotency-Key', () => {
  test('a key in quotes is the same as the bare one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!#-~]{1,255}$/), (key) => {
        const quoted = `"${key.replace(/["\\]/g, '\\$&')}"`;
        expect(parseIdempotencyKey(quoted)).toBe(key);
        expect(parseIdempotencyKey(` ${key} `)).toBe(key);
      }),
    );
  });

  test('anything else is a key of printable ASCII or a problem', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (header) => {
        try {
          expect(parseIdempotencyKey(header)).toMatch(/^[\x20-\x7e]{1,255}$/);
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
    );
  });
});
