import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALICE } from '../../api/testing/api-fixture.ts';
import {
  type GuardedApi,
  openSocket,
  readToEnd,
  SHORT_TIMEOUTS,
  serveGuarded,
  whenClosed,
} from './support/guarded-api.ts';
import { answerIn, exchange, expectContract, JSON_TYPE } from './support/raw-exchange.ts';

let api: GuardedApi;
beforeAll(async () => {
  api = await serveGuarded({ timeouts: SHORT_TIMEOUTS });
});
afterAll(async () => {
  await api.close();
  const failed = api.logged.filter(({ level }) => level === 'error');
  expect(failed, 'something failed that nobody foresaw').toEqual([]);
});

const HEAD = `POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ALICE}\r\nConnection: close\r\n`;
const QUESTION = '{"question":"What is S3?"}';
const TYPE = `Content-Type: ${JSON_TYPE}\r\n`;

describe('a request on the edge', () => {
  it.each([
    ['two content lengths', `${HEAD}${TYPE}Content-Length: 5\r\nContent-Length: 26\r\n\r\n${QUESTION}`, 400],
    [
      'a length and chunks',
      `${HEAD}${TYPE}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['a length below zero', `${HEAD}${TYPE}Content-Length: -1\r\n\r\n`, 400],
    ['a length that is no number', `${HEAD}${TYPE}Content-Length: 0x1a\r\n\r\n${QUESTION}`, 400],
    ['a length beyond all numbers', `${HEAD}${TYPE}Content-Length: 99999999999999999999\r\n\r\n`, 400],
    [
      'a shorter body than it says, then silence',
      `${HEAD}${TYPE}Content-Length: 100\r\n\r\n${QUESTION}`,
      400,
    ],
    ['a longer body than it says', `${HEAD}${TYPE}Content-Length: 5\r\n\r\n${QUESTION}`, 400],
    ['a chunk without a length', `${HEAD}${TYPE}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400],
    ['a coding twice', `${HEAD}${TYPE}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`, 400],
    ['a header folded over two lines', `GET /health HTTP/1.1\r\nHost: localhost\r\nA: b\r\n c\r\n\r\n`, 400],
    ['a null byte in a header', 'GET /health HTTP/1.1\r\nHost: localhost\r\nA: \u0000\r\n\r\n', 400],
    ['a null byte in the path', 'GET /\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['a space before the colon', 'GET /health HTTP/1.1\r\nHost : localhost\r\n\r\n', 400],
    ['two hosts', 'GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n', 400],
    ['17 KB of one header', `GET / HTTP/1.1\r\nHost: localhost\r\nA: ${'a'.repeat(17_000)}\r\n\r\n`, 431],
    ['17 KB of path', `GET /${'a'.repeat(17_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    ['4,000 headers', `GET / HTTP/1.1\r\nHost: localhost\r\n${'A:b\r\n'.repeat(4000)}\r\n`, 431],
    ['a null byte in the body', `${HEAD}${TYPE}Content-Length: 15\r\n\r\n{"question":"\u0000"`, 400],
    [
      'a body that is no UTF-8',
      Buffer.from(`${HEAD}${TYPE}Content-Length: 16\r\n\r\n{"question":"\xff"}`, 'latin1'),
      202,
    ],
    [
      'UTF-16',
      Buffer.concat([
        Buffer.from(`${HEAD}${TYPE}Content-Length: 52\r\n\r\n`),
        Buffer.from(QUESTION, 'utf16le'),
      ]),
      400,
    ],
    [
      'a compressed body',
      `${HEAD}${TYPE}Content-Encoding: gzip\r\nContent-Length: 26\r\n\r\n${QUESTION}`,
      415,
    ],
    ['an unknown coding', `${HEAD}${TYPE}Content-Encoding: x\r\nContent-Length: 26\r\n\r\n${QUESTION}`, 415],
    [
      'no coding, said so',
      `${HEAD}${TYPE}Content-Encoding: identity\r\nContent-Length: 26\r\n\r\n${QUESTION}`,
      202,
    ],
    [
      'JSON nested 30,000 deep',
      `${HEAD}${TYPE}Content-Length: 60000\r\n\r\n${'['.repeat(30_000)}${']'.repeat(30_000)}`,
      400,
    ],
    [
      'the same field twice',
      `${HEAD}${TYPE}Content-Length: 33\r\n\r\n{"question":"a?","question":"b?"}`,
      202,
    ],
    [
      'an Expect that nobody meets',
      `${HEAD}${TYPE}Expect: tea\r\nContent-Length: 26\r\n\r\n${QUESTION}`,
      417,
    ],
    [
      'an upgrade',
      `GET /health HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
      200,
    ],
  ])('%s', async (what, bytes, status) => {
    const answer = answerIn(await exchange(api.server.port, bytes));
    expect(answer.status, answer.body).toBe(status);
    if (status !== 417) expectContract(answer, what);
  });

  it('holds no more than it may of a body that never ends', async () => {
    const socket = await openSocket(api.server.port);
    const reading = readToEnd(socket);
    socket.write(`${HEAD}${TYPE}Transfer-Encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    let sent = 0;
    const before = process.memoryUsage().rss;
    while (!socket.destroyed && sent < 512 * 1024 * 1024) {
      sent += chunk.length;
      if (!socket.write(chunk)) {
        await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), whenClosed(socket)]);
      }
    }
    expect(answerIn(await reading).status).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
  });
});
