import type { ServerResponse } from 'node:http';

/**
 * Ends the connection of a client that takes nothing of what is written to it for `stalledMs`; the stream of a
 * job that has ended would else stay open for as long as such a client likes. A response that has nothing to say
 * yet, as a long poll, is let be.
 */
export function dropStalledReader(response: ServerResponse, stalledMs: number): void {
  // A response that waits behind another on its connection has no socket of its own yet; its request has.
  const { socket } = response.req;
  response.setTimeout(stalledMs, () => {
    if (socket.writableLength > 0) socket.destroy();
  });
}
