import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Behaviour } from './behaviour.ts';
import type { Reply } from './fixtures/reply.ts';

const TRICKLE_BYTES = 16;

/** Sends a reply the way the behaviour says; rejects with an AbortError once the client is gone. */
export async function deliver(
  response: ServerResponse,
  reply: Reply,
  { delivery, delay_ms, pace_ms, headers }: Behaviour,
  gone: AbortSignal,
): Promise<void> {
  if (delay_ms > 0) await sleep(delay_ms, undefined, { signal: gone });
  if (delivery === 'hang') return;
  const bytes = Buffer.from(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers, ...headers });
  const half = Math.floor(bytes.length / 2);
  switch (delivery) {
    case 'whole':
      response.end(bytes);
      return;
    case 'truncated':
      response.end(bytes.subarray(0, half));
      return;
    case 'reset':
      response.write(bytes.subarray(0, half), () => response.destroy());
      return;
    case 'slow_body':
      response.write(bytes.subarray(0, half));
      if (pace_ms === undefined) return;
      await sleep(pace_ms, undefined, { signal: gone });
      response.end(bytes.subarray(half));
      return;
    case 'trickle':
      for (let at = 0; at < bytes.length; at += TRICKLE_BYTES) {
        response.write(bytes.subarray(at, at + TRICKLE_BYTES));
        await sleep(pace_ms ?? 1, undefined, { signal: gone });
      }
      response.end();
  }
}
