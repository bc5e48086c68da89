import { describe, expect, it } from 'vitest';
import { ConfigError, type Env, EnvReader } from '../shared/config/env-reader.ts';
import { announce } from './announce.ts';
import { derivePanel } from './panel.ts';

function panelOf(variables: Env) {
  const env = new EnvReader(variables);
  const panel = derivePanel(env);
  env.finish();
  return panel;
}

describe('derivePanel', () => {
  it('simulates three providers where no key is set, or only empty ones', () => {
    const simulated = ['a', 'b', 'c'].map((id) => ({ id: `simulated-${id}`, model: `simulated/${id}` }));
    expect(panelOf({ OPENAI_API_KEY: ' ', OPENAI_MODEL: 'gpt-5' })).toEqual(simulated);
  });

  it('takes every provider whose key is set, with the model that is named or the default', () => {
    const env = { OPENAI_API_KEY: 'k', HF_TOKEN: 'k', HF_MODEL: 'org/model', GEMINI_MODEL: 'unused' };
    expect(panelOf(env)).toEqual([
      { id: 'openai', model: 'gpt-5-mini' },
      { id: 'huggingface', model: 'org/model' },
    ]);
    expect(panelOf({ GEMINI_API_KEY: 'k' })).toEqual([{ id: 'gemini', model: 'gemini-2.5-flash' }]);
  });

  it('adds the endpoints of PROVIDERS, without their keys', () => {
    const entry = { id: 'ollama', base_url: 'http://127.0.0.1:1/v1', model: 'llama3', api_key: 'secret' };
    expect(panelOf({ PROVIDERS: JSON.stringify([entry]) })).toEqual([{ id: 'ollama', model: 'llama3' }]);
  });

  it('lets an explicit panel win', () => {
    const panel = [{ id: 'simulated', model: 'm' }];
    expect(panelOf({ PANEL: JSON.stringify(panel), OPENAI_API_KEY: 'k' })).toEqual(panel);
  });

  it.each([
    { PANEL: 'x' },
    { PANEL: '[]' },
    { PROVIDERS: '{}' },
    { PROVIDERS: '[{"id":"A b"}]' },
  ])('refuses %j', (env) => {
    expect(() => panelOf(env)).toThrow(ConfigError);
  });
});

describe('announce', () => {
  const said = (env: Env) => announce('http://127.0.0.1:1', panelOf(env), { keysNeeded: false });

  it('says plainly what is simulated and what is not', () => {
    expect(said({})).toContain('simulated-a (SIMULATED)');
    expect(said({})).toContain('their answers are made up');
    expect(said({ OPENAI_API_KEY: 'k' })).toContain('openai (gpt-5-mini)');
    expect(said({ OPENAI_API_KEY: 'k' })).not.toMatch(/simulated|made up/i);
  });

  it('shows a line to ask with, and where a key belongs', () => {
    expect(said({})).toMatch(/curl -s http:\/\/127\.0\.0\.1:1\/v1\/jobs .*'prefer: wait=30'/);
    expect(said({})).not.toContain('authorization');
    expect(announce('http://x', panelOf({}), { keysNeeded: true })).toContain('authorization: Bearer');
  });
});
