import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { answerParent, tellReady } from '../stage/ipc.ts';
import { type CallCount, countOf, isRead, isWrite, unitsOf } from './count-call.ts';
import { endWithParent } from './serve.ts';
import { withWholeRows } from './whole-rows.ts';

/** Long polls park here: no limit on sockets. */
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const target = new URL(process.env.TARGET as string);
let counts: Record<string, CallCount> = {};

function forward(
  request: IncomingMessage,
  body: Buffer,
  more: Record<string, string> = {},
): Promise<IncomingMessage> {
  const { 'content-length': _length, connection: _connection, ...headers } = request.headers;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      target,
      {
        method: request.method ?? 'POST',
        path: request.url ?? '/',
        agent,
        headers: { ...headers, ...more, 'content-length': body.length },
      },
      resolve,
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Asks DynamoDB to say what each call costs; emulators check no signature. */
function withCapacity(operation: string, body: Buffer): Buffer {
  if (!isRead(operation) && !isWrite(operation)) return body;
  return Buffer.from(JSON.stringify({ ...JSON.parse(body.toString()), ReturnConsumedCapacity: 'INDEXES' }));
}

/** What a call tells of itself, and what has to be asked for beside it. */
async function replyOf(operation: string, request: IncomingMessage, input: unknown, output: unknown) {
  if (operation !== 'BatchExecuteStatement') return output;
  const version = String(request.headers['x-amz-target']).split('.')[0];
  return withWholeRows(input as object, output as object, async (other, asked) => {
    const body = Buffer.from(JSON.stringify(asked));
    const answer = await forward(request, body, { 'x-amz-target': `${version}.${other}` });
    return JSON.parse((await buffer(answer)).toString());
  });
}

async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? 'unknown';
  const answer = await forward(request, withCapacity(operation, body));
  const answered = await buffer(answer);
  const input: unknown = JSON.parse(body.toString());
  const output: unknown = answered.length > 0 ? JSON.parse(answered.toString()) : {};
  const { what, rows } = countOf(operation, input, output);
  const units = unitsOf(operation, input, await replyOf(operation, request, input, output));
  const count = counts[what] ?? { requests: 0, rows: 0, units: 0 };
  counts[what] = {
    requests: count.requests + 1,
    rows: count.rows + rows,
    units: count.units + units,
  };
  const {
    'content-length': _length,
    connection: _connection,
    'transfer-encoding': _encoding,
    ...headers
  } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, headers).end(answered);
}

endWithParent();
answerParent({
  take: () => {
    const taken = counts;
    counts = {};
    return taken;
  },
});
const server = createServer((request, response) => {
  pass(request, response).catch((error: unknown) => response.destroy(error as Error));
});
server.listen(0, '127.0.0.1', () => tellReady(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
