import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { answerParent, tellReady } from '../stage/ipc.ts';
import { ANSWERS } from './answers.ts';
import { endWithParent } from './serve.ts';

/** A question names its latency, `[200 ms]`, and how much later each provider is than the one before, `[200 ms +50]`. */
const LATENCY = /\[(\d+) ms(?: \+(\d+))?\]/;

const bodies = ANSWERS.map((content, index) =>
  JSON.stringify({
    id: `chatcmpl-${index}`,
    object: 'chat.completion',
    created: 1_750_000_000,
    model: 'bench',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 320, completion_tokens: 240, total_tokens: 560 },
  }),
);

let underWay = 0;

/** Serves `/<0-9>/v1/chat/completions`: each number is a provider of its own, with a text of its own. */
function answerCall(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [, latency = 0, step = 0] = LATENCY.exec(Buffer.concat(chunks).toString()) ?? [];
    const provider = Number(request.url?.[1] ?? 0);
    underWay += 1;
    setTimeout(
      () => {
        underWay -= 1;
        if (response.destroyed) return;
        response.writeHead(200, { 'content-type': 'application/json' }).end(bodies[provider % bodies.length]);
      },
      Number(latency) + provider * Number(step),
    );
  });
}

function createProvider(listener: RequestListener) {
  const { TLS_KEY: key, TLS_CERT: cert } = process.env;
  return key && cert ? createTlsServer({ key, cert }, listener) : createServer(listener);
}

endWithParent();
answerParent({ underWay: () => underWay });
const server = createProvider(answerCall);
// Idle connections stay: the measured process must not pay for new ones between two windows.
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
  const scheme = process.env.TLS_KEY ? 'https' : 'http';
  tellReady(`${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
