import { expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

it('admits a second of calls at once, then as many as flow in, and says when the next one would be', () => {
  const bucket = new TokenBucket(2);
  expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 500]);
  expect([bucket.take(500), bucket.take(500)]).toEqual([0, 500]);
});

it('gathers no more than a second of calls', () => {
  const bucket = new TokenBucket(2);
  expect([1, 2, 3].map(() => bucket.take(60_000))).toEqual([0, 0, 500]);
});

it('admits one call in many seconds too', () => {
  const bucket = new TokenBucket(0.1);
  expect(bucket.take(60_000)).toBe(0);
  expect(bucket.take(60_000)).toBe(10_000);
});
