import { parentPort } from 'node:worker_threads';
import { PIECES, READERS } from './readers.ts';

/** In a thread of its own, so that whoever waits can end it in the middle of an expression. */
for (const [name, { longest, read }] of Object.entries(READERS)) {
  for (const piece of PIECES) {
    parentPort?.postMessage(`${name}, ${longest} characters of ${JSON.stringify(piece)}`);
    const text = piece.repeat(Math.ceil(longest / piece.length)).slice(0, longest - 1);
    // What all but fits makes an expression look for another way.
    read(`${text}\u0000`);
  }
}
parentPort?.postMessage('done');
