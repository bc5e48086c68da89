import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALICE } from '../../api/testing/api-fixture.ts';
import { signWebhook } from '../../worker/webhook/deliver-webhook.ts';
import { type GuardedApi, serveGuarded } from './support/guarded-api.ts';
import { exchange } from './support/raw-exchange.ts';

const MARK = 'owned';
/** Would begin a line of its own in a header or a log, or be obeyed by the terminal of who reads it. */
const INJECTIONS = [
  `x%0d%0aSet-Cookie:${MARK}=1`,
  `x\r\n\tSet-Cookie: ${MARK}=1`,
  `x\nSet-Cookie: ${MARK}=1`,
  `x\u001b]0;${MARK}\u0007`,
  `x\u009b31m${MARK}`,
  `x\u2028{"level":"error","msg":"${MARK}"}`,
  `x"}\\n{"level":"error","msg":"${MARK}"}`,
  `\${jndi:ldap://127.0.0.1/${MARK}}`,
];

let api: GuardedApi;
beforeAll(async () => {
  api = await serveGuarded();
});
afterAll(() => api.close());

/** The same text in every place where a client may put one. */
function requestWith(text: string): Buffer {
  const header = text.replace(/[^\t\r\n\x20-\x7e\x80-\xff]/g, '');
  const path = encodeURIComponent(text).replaceAll('%25', '%');
  const body = JSON.stringify({ question: text, metadata: { [text.slice(0, 64)]: text }, cache: false });
  const lines = [
    `POST /v1/jobs?${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${ALICE}`,
    `User-Agent: ${header}`,
    `X-Request-Id: ${header}`,
    `traceparent: ${header}`,
    `Prefer: wait=0, ${header}`,
    `X-Forwarded-For: ${header}`,
    `Referer: ${header}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
}

describe('a text that would begin a line of its own', () => {
  it.each(INJECTIONS)('%j begins none in a response’s headers, and is in no log', async (text) => {
    const logged = api.logged.length;
    const raw = await exchange(api.server.port, requestWith(text));
    const [head = ''] = raw.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 (?:202|400) /);
    expect(head).not.toContain(MARK);
    expect(head).toMatch(/x-request-id: [0-9a-f]{32}\b/i);
    const lines = JSON.stringify(api.logged.slice(logged));
    expect(lines).not.toContain(MARK);
  });

  it.each(INJECTIONS)('%j in a path begins none either', async (text) => {
    const path = encodeURIComponent(text).replaceAll('%25', '%');
    for (const place of [`/v1/jobs/${path}`, `/v1/models/${path}`, `/assets/${path}`, `/${path}`]) {
      const raw = await exchange(
        api.server.port,
        `GET ${place} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ALICE}\r\nConnection: close\r\n\r\n`,
      );
      expect(raw.split('\r\n\r\n')[0], place).not.toContain(MARK);
    }
    expect(JSON.stringify(api.logged)).not.toContain(MARK);
  });

  it.each(INJECTIONS)('%j is in no header of a webhook', async (text) => {
    const { id } = (await (await api.submit({ question: text, metadata: { note: text } })).json()) as {
      id: string;
    };
    const job = await api.worker.end(id, { status: 'canceled' });
    const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    const { headers, body } = signWebhook(job, secret, new Date(0));
    for (const value of Object.values(headers)) expect(value).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(body).data.metadata).toEqual({ note: text });
  });
});
