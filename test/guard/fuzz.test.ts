import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALICE } from '../../api/testing/api-fixture.ts';
import { attackText } from './support/attack-text.ts';
import { type GuardedApi, serveGuarded } from './support/guarded-api.ts';
import { answerIn, exchange, expectContract, JSON_TYPE } from './support/raw-exchange.ts';
import { parseRoute, ROUTES } from './support/routes.ts';

const MIB = 1024 * 1024;

let api: GuardedApi;
let rssBefore = 0;
beforeAll(async () => {
  api = await serveGuarded({ env: { MAX_WAIT_SECONDS: '0' } });
  rssBefore = process.memoryUsage().rss;
});
afterAll(async () => {
  await api.close();
  const failed = api.logged.filter(({ level }) => level === 'error');
  expect(failed, 'something failed that nobody foresaw').toEqual([]);
  expect(process.memoryUsage().rss - rssBefore, 'memory grew with what was refused').toBeLessThan(256 * MIB);
});

const anyJson = fc.jsonValue({ maxDepth: 5 });
const requestLike = fc.record(
  {
    question: fc.oneof(attackText, fc.string({ maxLength: 9000 }), anyJson),
    providers: fc.oneof(fc.array(attackText, { maxLength: 9 }), anyJson),
    mode: fc.oneof(fc.constantFrom('fast', 'balanced', 'thorough'), attackText),
    strategy: fc.oneof(fc.constantFrom('synthesis', 'consensus'), anyJson),
    deadline_seconds: fc.oneof(fc.double(), fc.bigInt().map(Number), anyJson),
    language: fc.oneof(fc.constantFrom('en', 'pt-BR'), attackText),
    metadata: fc.oneof(fc.dictionary(attackText, attackText, { maxKeys: 18 }), anyJson),
    webhook: fc.oneof(fc.record({ url: fc.oneof(fc.webUrl(), attackText), events: anyJson }), anyJson),
    cache: fc.oneof(fc.boolean(), anyJson),
    messages: fc.oneof(fc.array(fc.record({ role: fc.constant('user'), content: attackText })), anyJson),
    model: fc.oneof(fc.constantFrom('iscoolgpt-fast'), attackText),
    [`__proto__`]: anyJson,
  },
  { requiredKeys: [] },
);

/** Headers as a client may set them: what `fetch` itself refuses goes over a raw connection below. */
const headerValue = attackText.map((text) => text.replace(/[^\x20-\x7e\x80-\xff]/g, ''));
const headers = fc.record(
  {
    Prefer: fc.oneof(headerValue, fc.constantFrom('wait=0', 'wait=-1', 'wait=1e9', 'wait=99999999999')),
    'Idempotency-Key': headerValue,
    'If-None-Match': headerValue,
    'Last-Event-ID': headerValue,
    'X-Request-Id': headerValue,
    traceparent: headerValue,
    Accept: headerValue,
    Origin: headerValue,
    'User-Agent': headerValue,
    Range: headerValue,
    'X-Forwarded-For': headerValue,
  },
  { requiredKeys: [] },
);

const contentType = fc.oneof(
  { weight: 5, arbitrary: fc.constant(JSON_TYPE) },
  fc.constantFrom(
    `${JSON_TYPE}; charset=utf-16`,
    'application/problem+json',
    'text/plain',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    '',
  ),
  headerValue,
);

const routeNames = Object.keys(ROUTES).filter((name) => !name.endsWith('/events') && !name.includes('/docs'));
/** A chat that is accepted waits for an answer that nobody gives here: whoever has heard nothing by then waits. */
const WAITS_MS = 1000;
const WAITING_ROUTE = 'POST /v1/chat/completions';

const id = fc.oneof(
  attackText.map((text) => encodeURIComponent(text.replace(/[\ud800-\udfff]/g, ''))),
  fc.constantFrom('a'.repeat(32), '%00', '%ff', '..%2f..', 'A'.repeat(32), `${'a'.repeat(32)}%0a`),
);

describe('any request', { timeout: 120_000 }, () => {
  it('of a route, with any body and headers, is served or refused by the contract', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          route: fc.constantFrom(...routeNames),
          id,
          headers,
          contentType,
          body: fc.oneof(requestLike, anyJson),
        }),
        async ({ route, id: given, headers: sent, contentType: type, body }) => {
          const { method, pattern } = parseRoute(route);
          const path = pattern.replace(/:\w+/, given || 'x');
          const response = await fetch(`${api.origin}${path}`, {
            method,
            headers: { Authorization: `Bearer ${ALICE}`, ...sent, 'Content-Type': type },
            ...(method === 'POST' && { body: JSON.stringify(body) }),
            ...(route === WAITING_ROUTE && { signal: AbortSignal.timeout(WAITS_MS) }),
          }).catch((error) => {
            if (error instanceof DOMException && error.name === 'TimeoutError') return undefined;
            throw error;
          });
          if (!response) return;
          const answer = {
            status: response.status,
            type: response.headers.get('Content-Type') ?? '',
            body: await response.text(),
          };
          expectContract(answer, { route, given, sent, type, body });
        },
      ),
      { numRuns: 400 },
    );
  });

  it('of any path and method is served or refused by the contract', async () => {
    const method = fc.constantFrom(
      'GET',
      'HEAD',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      'PROPFIND',
      'QUERY',
    );
    const target = fc.oneof(
      attackText.map((text) => `/${text.replace(/[^\x21-\x7e]/g, '')}`),
      fc.constantFrom(
        '*',
        '/v1/jobs?limit=%',
        '/v1/jobs?limit=1&limit=2',
        '/v1/jobs?cursor=%00',
        '/%',
        '/%zz',
      ),
      fc.constantFrom(
        '/v1//jobs',
        '/v1/jobs/.',
        '/v1/./jobs',
        '/V1/jobs',
        '/v1/jobs%2f',
        '/docs/%2e%2e/package.json',
      ),
      fc.constantFrom('http://127.0.0.1/v1/jobs', 'http://evil.example/v1/jobs', '//evil.example/v1/jobs'),
    );
    await fc.assert(
      fc.asyncProperty(method, target, headerValue, async (verb, path, cookie) => {
        const lines = [
          `${verb} ${path} HTTP/1.1`,
          'Host: localhost',
          `Authorization: Bearer ${ALICE}`,
          `Cookie: ${cookie.trim()}`,
          'Connection: close',
        ];
        const raw = await exchange(api.server.port, Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'));
        expectContract(answerIn(raw), { verb, path, cookie });
      }),
      { numRuns: 300 },
    );
  });

  it('of any bytes whatever is answered in the words of the contract, or not at all', async () => {
    const line = fc.oneof(
      attackText,
      fc.constantFrom('GET / HTTP/1.1', 'Host: localhost', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
      fc.constantFrom(
        'POST /v1/jobs HTTP/1.1',
        'GET / HTTP/9.9',
        'PRI * HTTP/2.0',
        'Host:',
        ': empty',
        'Upgrade: h2c',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 8 }),
        fc.constantFrom('\r\n', '\n', '\r'),
        async (lines, end) => {
          const raw = await exchange(api.server.port, `${lines.join(end)}${end}${end}`);
          if (raw !== '') expectContract(answerIn(raw), lines);
        },
      ),
      { numRuns: 300 },
    );
  });
});
