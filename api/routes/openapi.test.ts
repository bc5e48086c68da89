import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseIdempotencyKey } from '../http/idempotency-key.ts';
import { speaksOpenAi } from '../http/openai-error.ts';
import { makeApi } from '../testing/api-fixture.ts';

interface Described {
  description?: string;
  content?: Record<string, { schema?: object }>;
}
interface Operation {
  operationId: string;
  security?: unknown;
  parameters?: { name: string; in: string; schema: { pattern?: string } }[];
  requestBody?: Described;
  responses: Record<string, Described>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: object };
}

let text: string;
let document: Document;
beforeAll(async () => {
  text = await (await makeApi().ask('/openapi.json', { key: null })).text();
  document = JSON.parse(text);
});

function operations(): [string, Operation][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
}

describe('/openapi.json', () => {
  test('is OpenAPI 3.1 and describes every route that the app serves', () => {
    expect(document.openapi).toBe('3.1.0');
    const undescribed = ['/', '/jobs/:id', '/status', '/assets/:name', '/openapi.json', '/docs'];
    const served = makeApi()
      .app.routes.filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/docs/'))
      .filter(({ path }) => !undescribed.includes(path))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect(
      operations()
        .map(([name]) => name)
        .sort(),
    ).toEqual([...new Set(served)].sort());
  });

  test('every reference leads somewhere, and the shapes have their names', () => {
    const names = Object.keys(document.components.schemas);
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
      expect(names).toContain(name);
    }
    expect(names).toEqual(
      expect.arrayContaining(['Job', 'JobRequest', 'JobPage', 'MergeRequest', 'Problem']),
    );
    expect(document.components.securitySchemes).toEqual({ bearer: { type: 'http', scheme: 'bearer' } });
  });

  test('every operation has an id, every response a description, every problem its media type', () => {
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [name, { responses }] of operations()) {
      expect(
        Object.keys(responses).some((status) => status.startsWith('2')),
        name,
      ).toBe(true);
      for (const [status, response] of Object.entries(responses)) {
        expect(response.description, `${name} ${status}`).toBeTruthy();
        if (Number(status) < 400) continue;
        const type = speaksOpenAi(name.split(' ')[1] ?? '') ? 'application/json' : 'application/problem+json';
        expect(Object.keys(response.content ?? {}), `${name} ${status}`).toEqual([type]);
      }
    }
  });

  test('what is asked under /v1 needs a key and may say 401, 500 and 503', () => {
    for (const [name, { security, responses }] of operations()) {
      if (!name.includes(' /v1/')) continue;
      expect(security, name).toEqual([{ bearer: [] }]);
      expect(Object.keys(responses), name).toEqual(expect.arrayContaining(['401', '500', '503']));
    }
  });

  test('submit says what it takes', () => {
    const submit = document.paths['/v1/jobs']?.post as Operation;
    expect(submit.parameters?.map((parameter) => `${parameter.in} ${parameter.name}`)).toEqual([
      'header Prefer',
      'header Idempotency-Key',
    ]);
    expect(submit.requestBody?.content?.['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/JobRequest',
    });
    expect(Object.keys(submit.responses)).toEqual(
      expect.arrayContaining(['200', '202', '400', '409', '413', '415', '422', '429']),
    );
  });

  test('says of an Idempotency-Key exactly what is accepted', () => {
    const submit = document.paths['/v1/jobs']?.post;
    const header = submit?.parameters?.find(({ name }) => name === 'Idempotency-Key');
    const pattern = new RegExp(header?.schema.pattern ?? 'there is none');
    const accepts = (key: string): boolean => {
      try {
        return parseIdempotencyKey(key) !== undefined;
      } catch {
        return false;
      }
    };
    const character = fc.constantFrom('a', ' ', '"', '\\', '~', '\u00e9');
    const short = fc.string({ unit: character, maxLength: 8 });
    const long = fc.string({ unit: 'grapheme-ascii', minLength: 253, maxLength: 258 });
    fc.assert(
      // Space at the ends of a header is no part of it.
      fc.property(
        fc
          .oneof(
            short,
            long,
            long.map((text) => `"${text}"`),
          )
          .map((text) => text.trim()),
        (key) => {
          expect(pattern.test(key), JSON.stringify(key)).toBe(accepts(key));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('says what no plain type says: words, labels, no provider twice', () => {
    const { JobRequest, ChatRequest } = document.components.schemas;
    expect(JobRequest).toHaveProperty('properties.metadata.propertyNames', { minLength: 1, maxLength: 64 });
    expect(JobRequest).toHaveProperty('properties.metadata.maxProperties', 16);
    expect(JobRequest).toHaveProperty('properties.providers.uniqueItems', true);
    expect(JobRequest).toHaveProperty('properties.question.pattern', '\\S');
    expect(ChatRequest).toHaveProperty('properties.messages.contains.properties.role.const', 'user');
  });
});
