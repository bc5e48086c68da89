import { describe, expect, it } from 'vitest';
import { ConfigError } from '../shared/config/env-reader.ts';
import { readWorkerConfig } from './config.ts';

const SIMULATED = {
  QUEUE_URL: 'http://127.0.0.1:1/queue',
  DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1:1/dead',
  TABLE_NAME: 'jobs',
  PANEL: JSON.stringify([{ id: 'simulated', model: 'simulated/a' }]),
};

function problemsOf(env: Record<string, string>): string[] {
  try {
    readWorkerConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ name, problem }) => `${name} ${problem}`);
    throw error;
  }
  return [];
}

describe('readWorkerConfig', () => {
  it('takes the defaults where nothing else is said', () => {
    expect(readWorkerConfig(SIMULATED)).toMatchObject({
      appEnv: 'local',
      host: '127.0.0.1',
      providers: [{ kind: 'simulated', id: 'simulated', model: 'simulated/a' }],
      concurrency: 20,
      visibilitySeconds: 45,
      attemptCap: 3,
      stragglerGraceMs: 1500,
      mergeReserveSeconds: 10,
      mergers: ['simulated'],
      stragglers: 'keep',
      metricsPort: 9090,
    });
  });

  it('takes shares of right answers for providers of the panel only', () => {
    const env = { ...SIMULATED, RELIABILITY: '{"simulated":0.8}' };
    expect(readWorkerConfig(env).reliability).toEqual(new Map([['simulated', 0.8]]));
    expect(readWorkerConfig(SIMULATED).reliability).toBeUndefined();
    expect(problemsOf({ ...SIMULATED, RELIABILITY: '{"other":0.8}' })).toEqual([
      'RELIABILITY "other" is not in PANEL',
    ]);
    expect(problemsOf({ ...SIMULATED, RELIABILITY: '{"simulated":1}' })).toEqual([
      expect.stringMatching(/^RELIABILITY at simulated: /),
    ]);
  });

  it('listens everywhere outside local', () => {
    expect(readWorkerConfig({ ...SIMULATED, APP_ENV: 'production' }).host).toBe('0.0.0.0');
  });

  it('lists all mistakes at once', () => {
    const problems = problemsOf({ WORKER_CONCURRENCY: 'many', STRAGGLERS: 'shoot', MERGERS: 'nobody' });
    expect(problems).toEqual([
      'QUEUE_URL is missing: the address of the queue of jobs',
      'DEAD_LETTER_QUEUE_URL is missing: the address of the dead letter queue',
      'TABLE_NAME is missing: the name of the table of jobs',
      expect.stringMatching(/^PANEL is missing/),
      'WORKER_CONCURRENCY must be a whole number from 1 to 5000',
      'STRAGGLERS must be one of keep, abort',
      'MERGERS "nobody" is not in PANEL',
    ]);
  });

  it('wants the key of every provider in the panel', () => {
    const panel = ['openai', 'gemini', 'huggingface'].map((id) => ({ id, model: 'm' }));
    expect(problemsOf({ ...SIMULATED, PANEL: JSON.stringify(panel), GEMINI_API_KEY: 'k' })).toEqual([
      'OPENAI_API_KEY is missing: PANEL names openai',
      'HF_TOKEN is missing: PANEL names huggingface',
    ]);
  });

  it('knows further endpoints by PROVIDERS, and says which is missing there', () => {
    const PANEL = JSON.stringify([
      { id: 'ollama', model: 'qwen3' },
      { id: 'groq', model: 'llama' },
    ]);
    const PROVIDERS = JSON.stringify([
      { id: 'ollama', base_url: 'http://127.0.0.1:11434/v1', model: 'qwen3' },
    ]);
    expect(problemsOf({ ...SIMULATED, PANEL, PROVIDERS })).toEqual([
      'PANEL names groq with the model llama, which PROVIDERS does not describe',
    ]);
  });

  it.each([
    ['PANEL', '[{"id":"UPPER","model":"m"}]'],
    ['PANEL', '[]'],
    ['PANEL', JSON.stringify(Array.from({ length: 9 }, (_, i) => ({ id: `p${i}`, model: 'm' })))],
    ['PANEL', '[{"id":"simulated","model":"a"},{"id":"simulated","model":"b"}]'],
    ['PROVIDERS', '[{"id":"openai","base_url":"http://x/v1","model":"m"}]'],
    ['PROVIDERS', '[{"id":"x","base_url":"ftp://x/v1","model":"m"}]'],
    ['PRICES', '{"openai/x":{"input_usd":-1,"output_usd":1,"as_of":"2026-01-01"}}'],
    ['WEBHOOK_SECRET', 'topsecret'],
    ['OPENAI_BASE_URL', 'nowhere'],
    ['VISIBILITY_SECONDS', '0'],
  ])('refuses %s=%s and never shows it', (name, value) => {
    const env = {
      ...SIMULATED,
      ...(name === 'OPENAI_BASE_URL' ? { PANEL: '[{"id":"openai","model":"m"}]' } : {}),
    };
    const problems = problemsOf({ ...env, OPENAI_API_KEY: 'sk-very-secret', [name]: value });
    expect(problems).not.toEqual([]);
    expect(problems.every((problem) => problem.startsWith(name))).toBe(true);
    expect(problems.join()).not.toContain('topsecret');
    expect(problems.join()).not.toContain('sk-very-secret');
  });
});
