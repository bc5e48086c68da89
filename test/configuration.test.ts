import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readApiConfig } from '../api/config.ts';
import { derivePanel } from '../local/panel.ts';
import { EnvReader } from '../shared/config/env-reader.ts';
import { readWorkerConfig } from '../worker/config.ts';
import { ROOT } from './support/child.ts';

/** Credentials of the SDK's own chain, and what only the supervisor reads. */
const ELSEWHERE = ['DATA_DIR'];
/** Nobody sets these: ECS does, in each container. */
const SET_BY_ECS = ['ECS_AGENT_URI'];

/** Every name that `read` looks up, whatever comes of it. */
function namesReadBy(
  read: (env: Record<string, string | undefined>) => unknown,
  given: Record<string, string>,
) {
  const names = new Set<string>();
  const env = new Proxy(given, {
    get: (target, name: string) => {
      names.add(name);
      return target[name];
    },
  });
  try {
    read(env);
  } catch {
    // A configuration with mistakes has been read all the same.
  }
  return names;
}

function namesInReadme(): Set<string> {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const table = readme.slice(readme.indexOf('## Configuration'), readme.indexOf('A provider id is'));
  const firstCells = table
    .split('\n')
    .flatMap((line) => (line.startsWith('| `') ? [line.split('|')[1] ?? ''] : []));
  return new Set(
    firstCells.flatMap((cell) => [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name]) => name ?? '')),
  );
}

it('the README lists every variable that is read, and no other', () => {
  const PANEL = JSON.stringify(
    ['openai', 'gemini', 'huggingface', 'simulated'].map((id) => ({ id, model: 'm' })),
  );
  const read = new Set([
    ...namesReadBy((env) => readApiConfig(env, () => ''), { PANEL }),
    ...namesReadBy(readWorkerConfig, { PANEL }),
    ...namesReadBy((env) => derivePanel(new EnvReader(env)), {
      OPENAI_API_KEY: 'k',
      GEMINI_API_KEY: 'k',
      HF_TOKEN: 'k',
    }),
    ...ELSEWHERE,
  ]);
  for (const name of SET_BY_ECS) read.delete(name);
  expect([...namesInReadme()].sort()).toEqual([...read].sort());
});
