import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { PIECES, READERS } from './support/readers.ts';

/** A linear expression needs milliseconds, one that explodes needs hours: no clock has to be exact here. */
const GIVEN_UP_MS = 20_000;

it('every reader of texts from outside comes to an end on the longest text made to hold it up', async () => {
  const worker = new Worker(join(import.meta.dirname, 'support/read-all.ts'));
  let doing = 'nothing yet';
  let cases = 0;
  const end = Promise.withResolvers<void>();
  const giveUp = () => end.reject(new Error(`no end in ${GIVEN_UP_MS / 1000} s: ${doing}`));
  let timer = setTimeout(giveUp, GIVEN_UP_MS);
  worker.on('message', (message: string) => {
    clearTimeout(timer);
    if (message === 'done') return end.resolve();
    doing = message;
    cases += 1;
    timer = setTimeout(giveUp, GIVEN_UP_MS);
  });
  worker.on('error', (error) => end.reject(new Error(`it broke: ${doing}`, { cause: error })));
  try {
    await end.promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
  expect(cases).toBe(Object.keys(READERS).length * PIECES.length);
}, 300_000);
