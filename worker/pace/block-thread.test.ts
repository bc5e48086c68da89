import { expect, test } from 'vitest';
import { blockThread } from './block-thread.ts';

test('nothing happens on a thread that is blocked', async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const began = performance.now();
  setTimeout(() => resolve(performance.now()), 1);
  blockThread(30);
  const over = performance.now();
  expect(over - began).toBeGreaterThanOrEqual(29);
  expect(await promise).toBeGreaterThanOrEqual(over);
});
