import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivePanel } from '../local/panel.ts';
import { type Supervisor, startSupervisor } from '../local/supervisor.ts';
import { EnvReader } from '../shared/config/env-reader.ts';
import { ROOT } from './support/child.ts';
import { readExamples } from './support/examples.ts';

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);

const DOCUMENTED = 'http://127.0.0.1:8080';
const TIMEOUT_MS = 30_000;
const PYTHON = process.env.PYTHON ?? 'python3';
const WEBHOOK_SECRET = `whsec_${Buffer.from('the secret of the examples of a page').toString('base64')}`;

const hasOpenAi = spawnSync(PYTHON, ['-c', 'import openai']).status === 0;
if (!hasOpenAi) {
  process.stderr.write(
    `\n*** \`${PYTHON} -c 'import openai'\` FAILS: THE PYTHON EXAMPLES ARE SKIPPED. pip install openai, or set PYTHON ***\n\n`,
  );
}

let stack: Supervisor;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iscoolgpt-doc-'));
  const env = {
    PATH: process.env.PATH,
    WEBHOOK_SECRET,
    SIMULATED: JSON.stringify({ latency_ms: { min: 300, max: 700 } }),
  };
  stack = await startSupervisor({ env, panel: derivePanel(new EnvReader(env)), port: 0 });
});
afterAll(async () => {
  await stack?.stop('the examples are run');
  await rm(folder, { recursive: true });
});

/** The packages are those of this repository, the client is its source: the example may stand anywhere. */
function resolveImports(source: string): string {
  return source.replace(/(?<= from ')(?!node:)[^']+(?=')/g, (name) =>
    String(pathToFileURL(name === 'iscoolgpt/client' ? join(ROOT, 'api/client.ts') : resolve(name))),
  );
}

/** How to run an example of each language; everything but the address stays as it is written. */
const RUNNERS: Record<string, (source: string) => Promise<[command: string, ...args: string[]]>> = {
  sh: async (source) => ['bash', '-euo', 'pipefail', '-c', source],
  python: async (source) => [PYTHON, '-c', source],
  ts: async (source) => {
    const path = join(folder, 'example.ts');
    await writeFile(path, resolveImports(source));
    return [process.execPath, path];
  },
};

async function outputOf(language: string, source: string): Promise<string> {
  const commandOf = RUNNERS[language];
  if (!commandOf) throw new Error(`nothing here runs an example in ${language}`);
  const [command, ...args] = await commandOf(source.replaceAll(DOCUMENTED, stack.address));
  const { stdout } = await run(command, args, {
    timeout: TIMEOUT_MS,
    maxBuffer: 4 * 1024 * 1024,
    env: { PATH: process.env.PATH, NO_COLOR: '1', WEBHOOK_SECRET },
  });
  return stdout;
}

const examples = readExamples(await readFile(join(ROOT, 'docs/api.md'), 'utf8'));

describe('docs/api.md', () => {
  for (const { heading, language, source, line, output } of examples) {
    it.skipIf(language === 'python' && !hasOpenAi)(
      `${heading}, in ${language} (line ${line})`,
      { timeout: TIMEOUT_MS },
      async () => {
        expect(await outputOf(language, source)).toMatch(output);
      },
    );
  }

  it('has examples in all three languages', () => {
    expect(new Set(examples.map(({ language }) => language))).toEqual(new Set(Object.keys(RUNNERS)));
  });
});
