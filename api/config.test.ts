import { describe, expect, test } from 'vitest';
import { ConfigError, type Env } from '../shared/config/env-reader.ts';
import { readApiConfig } from './config.ts';
import { ENV } from './testing/api-fixture.ts';

const noFile = (): string => {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
};

function read(env: Env, readFile: (path: string) => string = noFile) {
  return readApiConfig({ ...ENV, ...env }, readFile);
}

function mistakes(env: Env, readFile?: (path: string) => string): string[] {
  try {
    read(env, readFile);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ name, problem }) => `${name}: ${problem}`);
    throw error;
  }
  return [];
}

const KEY = { client: 'web', sha256: 'A'.repeat(64) };

describe('readApiConfig', () => {
  test('has defaults for all but what only its operator knows', () => {
    expect(read({})).toMatchObject({
      port: 8080,
      ratePerMinute: 60,
      dailyQuota: 2000,
      backlogCap: 50_000,
      maxWaitSeconds: 50,
      quorum: undefined,
      corsOrigins: [],
      maxBodyBytes: 65_536,
      webhooksEnabled: false,
      drainSeconds: 2,
    });
    expect(read({ APP_ENV: 'production', WEBHOOK_SECRET: 'whsec_x' })).toMatchObject({
      webhooksEnabled: true,
      drainSeconds: 10,
    });
  });

  test('reads keys from the environment or from a file, not from both', () => {
    const json = JSON.stringify([KEY]);
    const keys = [{ client: 'web', sha256: 'a'.repeat(64) }];
    expect(read({ API_KEYS: json }).keys).toEqual(keys);
    const paths: string[] = [];
    const readFile = (path: string) => {
      paths.push(path);
      return json;
    };
    expect(read({ API_KEYS: '', API_KEYS_FILE: '/run/keys.json' }, readFile).keys).toEqual(keys);
    expect(paths).toEqual(['/run/keys.json']);
    expect(mistakes({ API_KEYS: json, API_KEYS_FILE: '/run/keys.json' }, readFile)).toEqual([
      expect.stringContaining('API_KEYS_FILE: must not be set beside API_KEYS'),
    ]);
    expect(mistakes({ API_KEYS: '', API_KEYS_FILE: '/nowhere' })).toEqual([
      'API_KEYS_FILE: the file cannot be read (ENOENT)',
    ]);
  });

  test.each([
    ['no JSON', 'key'],
    ['an empty list', '[]'],
    ['a key in place of its hash', JSON.stringify([{ client: 'web', sha256: 'my-secret-key' }])],
    ['a client that could be mistaken for another row', JSON.stringify([{ ...KEY, client: 'a#b' }])],
    ['the same key twice', JSON.stringify([KEY, { client: 'b', sha256: 'a'.repeat(64) }])],
    ['an unknown field', JSON.stringify([{ ...KEY, key: 'my-secret-key' }])],
  ])('refuses %s as keys, and shows no value', (_name, keys) => {
    const found = mistakes({ API_KEYS: keys });
    expect(found.join()).toMatch(/^API_KEYS: /);
    expect(found.join()).not.toContain('my-secret-key');
  });

  test('serves without keys on a loopback address of a local machine only', () => {
    for (const HOST of ['127.0.0.1', '::1', 'localhost'])
      expect(mistakes({ API_KEYS: '', HOST })).toEqual([]);
    expect(mistakes({ API_KEYS: '' })).toEqual([]);
    expect(mistakes({ API_KEYS: '', HOST: '0.0.0.0' })).toEqual([
      expect.stringContaining('API_KEYS: is missing'),
    ]);
    expect(mistakes({ API_KEYS: '', APP_ENV: 'staging', HOST: '127.0.0.1' })).toHaveLength(1);
  });

  test('names all mistakes at once', () => {
    const found = mistakes({
      API_KEYS: 'x',
      PORT: '70000',
      QUORUM: '4',
      CORS_ORIGINS: 'https://a.example, b.example',
      MAX_WAIT_SECONDS: '-1',
      TABLE_NAME: '',
    });
    expect(found.map((mistake) => mistake.split(':')[0]).sort()).toEqual([
      'API_KEYS',
      'CORS_ORIGINS',
      'MAX_WAIT_SECONDS',
      'PORT',
      'QUORUM',
      'TABLE_NAME',
    ]);
  });

  test('reads origins', () => {
    expect(read({ CORS_ORIGINS: 'https://a.example, http://localhost:3000,' }).corsOrigins).toEqual([
      'https://a.example',
      'http://localhost:3000',
    ]);
    for (const origin of ['*', 'https://a.example/', 'a.example']) {
      expect(mistakes({ CORS_ORIGINS: origin }), origin).toHaveLength(1);
    }
  });
});
