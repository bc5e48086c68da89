import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PROBLEMS, type ProblemCode, problemSchema } from '../shared/contract/problem.ts';
import { BOB, makeApi } from './testing/api-fixture.ts';
import { jobIn, problemIn } from './testing/read-response.ts';

describe('keys', () => {
  test('without a valid one everything under /v1 is 401, and nothing is read', async () => {
    const api = makeApi();
    const none: Record<string, string>[] = [{}, { Authorization: 'Basic YTpi' }, { Authorization: 'Bearer' }];
    for (const headers of none) {
      const response = await api.ask('/v1/jobs', { key: null, headers });
      await problemIn(response, 'unauthorized');
      expect(response.headers.get('WWW-Authenticate')).toBe('Bearer');
    }
    const wrong = await api.ask('/v1/nowhere', { key: 'key-of-alice-012345678' });
    await problemIn(wrong, 'unauthorized');
    expect(wrong.headers.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"');
    expect(api.storeOutage.calls).toEqual([]);
  });

  test('each client sees its own jobs only', async () => {
    const api = makeApi();
    const { id } = await jobIn(await api.submit({}, {}, BOB), 202);
    await problemIn(await api.ask(`/v1/jobs/${id}`), 'not_found');
    await jobIn(
      await api.ask(`/v1/jobs/${id}`, { key: BOB, headers: { Authorization: `bearer ${BOB}` } }),
      200,
    );
  });

  test('without keys whoever is here is the client local, asked for by a name of this machine', async () => {
    const api = makeApi({ env: { API_KEYS: '' } });
    const { id } = await jobIn(await api.submit(), 202);
    expect((await api.memoryStore.getJob(id))?.client).toBe('local');
    for (const host of ['127.0.0.1:8080', '[::1]:8080', 'localhost']) {
      expect((await api.app.request(`http://${host}/v1/jobs`)).status).toBe(200);
    }
    for (const host of ['rebound.example', 'localhost.rebound.example', '127.0.0.1.rebound.example']) {
      await problemIn(await api.app.request(`http://${host}/v1/jobs`), 'misdirected');
    }
  });
});

describe('every response', () => {
  test('says the id of its request: the one given where it is usable', async () => {
    const api = makeApi();
    const idOf = async (given: string) =>
      (await api.ask('/health', { headers: { 'X-Request-Id': given } })).headers.get('X-Request-Id');
    expect(await idOf('req-1.A_b')).toBe('req-1.A_b');
    for (const bad of ['', 'a b', 'x'.repeat(129), 'a"b']) expect(await idOf(bad)).toMatch(/^[0-9a-f]{32}$/);
  });

  test('has the headers that keep a browser from doing anything with it', async () => {
    const api = makeApi();
    for (const path of ['/health', '/v1/jobs', '/nowhere', '/docs']) {
      const { headers } = await api.ask(path);
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('X-Frame-Options')).toBe('DENY');
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(headers.get('Content-Security-Policy'), path).toContain("default-src 'none'");
      expect(headers.has('Access-Control-Allow-Origin')).toBe(false);
    }
  });

  test('a job takes up the trace of its request', async () => {
    const api = makeApi();
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    const { id } = await jobIn(await api.submit({}, { traceparent }), 202);
    expect((await api.memoryStore.getJob(id))?.trace_id).toBe(traceId);
    expect(api.logged.at(-1)).toMatchObject({ trace_id: traceId, job_id: id });
  });
});

describe('paths and methods', () => {
  test('what is not there is 404, what is there in another way 405 with what it takes', async () => {
    const api = makeApi();
    for (const path of [
      '/nowhere',
      '/v1',
      '/v1/job',
      '/v1/jobs/',
      '/v1/jobs/a/b',
      '/docs/../../package.json',
    ]) {
      await problemIn(await api.ask(path), 'not_found');
    }
    for (const [method, path, allow] of [
      ['PUT', '/v1/jobs', ['GET', 'HEAD', 'OPTIONS', 'POST']],
      ['PATCH', `/v1/jobs/${'a'.repeat(32)}`, ['DELETE', 'GET', 'HEAD', 'OPTIONS']],
      ['GET', `/v1/jobs/${'a'.repeat(32)}/cancel`, ['OPTIONS', 'POST']],
      ['DELETE', '/health', ['GET', 'HEAD', 'OPTIONS']],
    ] as const) {
      const response = await api.ask(path, { method });
      await problemIn(response, 'method_not_allowed');
      expect(response.headers.get('Allow')?.split(', ').sort()).toEqual(allow);
    }
  });

  test('OPTIONS says what a path takes, without a key', async () => {
    const response = await makeApi().ask('/v1/jobs', { method: 'OPTIONS', key: null });
    expect(response.status).toBe(204);
    expect(response.headers.get('Allow')).toContain('POST');
  });

  test('pages of the origins configured may call, and read the headers; no other', async () => {
    const api = makeApi({ env: { CORS_ORIGINS: 'https://app.example' } });
    const preflight = (origin: string) =>
      api.ask('/v1/jobs', {
        method: 'OPTIONS',
        key: null,
        headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
      });
    const allowed = await preflight('https://app.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('Access-Control-Allow-Origin')).toBe('https://app.example');
    expect(allowed.headers.get('Access-Control-Allow-Headers')).toContain('Idempotency-Key');
    expect((await preflight('https://evil.example')).headers.has('Access-Control-Allow-Origin')).toBe(false);
    const refused = await api.ask('/v1/jobs', { key: null, headers: { Origin: 'https://app.example' } });
    await problemIn(refused, 'unauthorized');
    expect(refused.headers.get('Access-Control-Allow-Origin')).toBe('https://app.example');
    expect(refused.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After');
  });
});

describe('the log', () => {
  test('has one event a request, by route, without question, key or query', async () => {
    const api = makeApi();
    const { id } = await jobIn(await api.submit({ question: 'PRIVATE', metadata: { a: 'PRIVATE' } }), 202);
    await api.ask(`/v1/jobs/${id}?PRIVATE=1`);
    await api.ask('/PRIVATE');
    await api.ask('/v1/jobs', { key: 'PRIVATE' });
    expect(
      api.logged.map(({ level, method, route, status, client, job_id }) => [
        level,
        method,
        route,
        status,
        client,
        job_id,
      ]),
    ).toEqual([
      ['info', 'POST', '/v1/jobs', 202, 'alice', id],
      ['debug', 'GET', '/v1/jobs/:id', 200, 'alice', id],
      ['info', 'GET', '/*', 404, undefined, undefined],
      ['info', 'GET', '/v1/jobs', 401, undefined, undefined],
    ]);
    for (const event of api.logged) {
      expect(event.duration_ms).toBeTypeOf('number');
      expect(event.request_id).toBeTypeOf('string');
    }
    expect(JSON.stringify(api.logged)).not.toContain('PRIVATE');
    expect(JSON.stringify(api.logged)).not.toContain('key-of-alice');
  });

  test('health checks are for debugging only, an outage is an error with its cause', async () => {
    const api = makeApi();
    await api.ask('/health');
    api.storeOutage.fail('getJob');
    await api.ask(`/v1/jobs/${'a'.repeat(32)}`);
    expect(api.logged.map(({ level, code }) => [level, code])).toEqual([
      ['debug', undefined],
      ['error', 'unavailable'],
    ]);
    expect(JSON.stringify(api.logged[1]?.err)).toContain('the store is unavailable while getJob');
  });
});

describe('whatever is sent', () => {
  const HEADERS = [
    'Prefer',
    'Idempotency-Key',
    'If-None-Match',
    'Last-Event-ID',
    'traceparent',
    'X-Request-Id',
    'Content-Type',
    'Authorization',
    'Accept',
    'Origin',
    'Content-Encoding',
  ];
  const headerValue = fc.oneof(
    fc.stringMatching(/^[\x20-\x7e\xa0-\xff]{0,60}$/),
    fc.constantFrom(
      'wait=0',
      'wait=',
      '"',
      '""',
      'Bearer ',
      'application/json; charset=utf-16',
      '00-0-0-0',
      '-1',
      '1e400',
    ),
  );
  const path = fc.oneof(
    fc.constantFrom(
      '/v1/jobs',
      `/v1/jobs/${'a'.repeat(32)}`,
      `/v1/jobs/${'a'.repeat(32)}/events`,
      '/v1/providers',
      '/',
      '/docs',
    ),
    fc.webPath(),
    fc.constantFrom(
      '/%',
      '/v1/jobs/%ff',
      '/v1/jobs/%00',
      '/v1/jobs?limit=%',
      '/v1/jobs/..%2f..',
      '//',
      '/v1//jobs',
    ),
  );
  const body = fc.oneof(
    fc.json(),
    fc.string({ maxLength: 50 }),
    fc.jsonValue().map((value) => JSON.stringify({ question: value, metadata: value, webhook: value })),
    fc.constantFrom(
      '{"__proto__":{"a":1},"question":"q"}',
      '[['.repeat(5000),
      '{"question":"\\ud800"}',
      '\u0000',
    ),
  );

  test('the answer is no 500, and every error a problem of the contract', async () => {
    const api = makeApi({ env: { RATE_PER_MINUTE: '1000000', DAILY_QUOTA: '1000000' } });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'HEAD', 'POST', 'DELETE', 'PUT', 'OPTIONS', 'PATCH'),
        path,
        fc.dictionary(fc.constantFrom(...HEADERS), headerValue),
        body,
        async (method, target, headers, text) => {
          const withBody = !['GET', 'HEAD'].includes(method);
          const response = await api.ask(target, {
            method,
            ...(withBody ? { body: text } : {}),
            headers: { ...headers },
          });
          const answer = await response.text();
          expect(response.status, answer).not.toBe(500);
          if (response.status < 400 || method === 'HEAD') return;
          const problem = problemSchema.parse(JSON.parse(answer));
          expect(PROBLEMS[problem.code as ProblemCode][0]).toBe(response.status);
        },
      ),
      { numRuns: 500 },
    );
  });
});
