import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { Pool } from 'undici';
import { LOOPBACK } from '../../../local/emulators/emulator.ts';
import { startDynamodbLocal } from '../../servers/dynamodb-local.ts';
import type { TellCheckpoint } from './checkpoint-tap.ts';
import { answersOfBatch, answersOfUpdate, type WrittenAnswer } from './written-answers.ts';

/** Headers that belong to one connection, or that the next one sets by itself. */
const HOP_BY_HOP = ['connection', 'content-length', 'expect', 'host', 'keep-alive', 'transfer-encoding'];

function answersOf(action: string, body: string, reply: string): WrittenAnswer[] {
  if (action.endsWith('.UpdateItem')) return answersOfUpdate(body);
  return action.endsWith('.BatchExecuteStatement') ? answersOfBatch(body, reply) : [];
}

function passOn(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || HOP_BY_HOP.includes(name) ? [] : [[name, value]],
    ),
  );
}

/**
 * DynamoDB Local with its rows in `folder`, behind a proxy in this process at `port`, which tells of each answer that
 * was written. It ends with this process, however that ends.
 */
export async function startDynamodbLocalProxy(
  port: number,
  folder: string,
  tell: TellCheckpoint,
): Promise<void> {
  const local = await startDynamodbLocal({ folder });
  const pool = new Pool(local.endpoint, { connections: 64 });

  const forward = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readText(request);
    const headers = passOn(request.headers);
    const answered = await pool.request({ method: 'POST', path: '/', headers, body });
    const reply = await answered.body.text();
    const at = Date.now();
    if (answered.statusCode === 200) {
      const action = String(request.headers['x-amz-target']);
      for (const written of answersOf(action, body, reply)) tell({ ...written, at });
    }
    response.writeHead(answered.statusCode, passOn(answered.headers)).end(reply);
  };

  const server = createServer((request, response) => {
    // Whoever asked hung up, or Java is gone: either way there is nobody to answer, or nothing.
    forward(request, response).catch((error: Error) => response.destroy(error));
  });
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
}
