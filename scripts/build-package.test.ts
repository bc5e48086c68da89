import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPackage, PACKAGE } from './build-package.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..');

let outdir: string;
beforeAll(async () => {
  // Inside of the project, whose dependencies the command line finds from there.
  outdir = await mkdtemp(join(ROOT, 'node_modules/.iscoolgpt-'));
  await buildPackage(outdir);
}, 60_000);
afterAll(() => rm(outdir, { recursive: true }));

it('gives a client that needs nothing beside it', async () => {
  const file = join(outdir, PACKAGE, 'client.js');
  expect(await readFile(file, 'utf8')).not.toMatch(/^import|\brequire\(|node:/m);
  const { createClient, NetworkError } = await import(pathToFileURL(file).href);
  const client = createClient({
    baseUrl: 'http://localhost',
    patienceMs: 0,
    fetch: () => Promise.reject(new TypeError('not there')),
  });
  await expect(client.list()).rejects.toBeInstanceOf(NetworkError);
});

it('gives types that a project of somebody else can check against', async () => {
  const consumer = join(outdir, 'consumer');
  await mkdir(consumer);
  await writeFile(
    join(consumer, 'use.ts'),
    `import { createClient, type JobView } from 'iscoolgpt/client';
     const client = createClient({ baseUrl: 'http://localhost' });
     const job: JobView = await client.submit({ question: 'What is S3?', mode: 'fast' });
     const status: 'queued' | 'running' | 'canceling' | 'succeeded' | 'failed' | 'canceled' | 'expired' = job.status;
     // @ts-expect-error there is no such mode
     await client.submit({ question: status, mode: 'slow' });
     // @ts-expect-error it may be null
     job.answer.text;
    `,
  );
  const config = {
    compilerOptions: {
      module: 'nodenext',
      target: 'es2024',
      lib: ['es2024', 'dom', 'dom.iterable'],
      types: [],
      strict: true,
      noEmit: true,
      paths: { 'iscoolgpt/client': [`../${PACKAGE}/types/api/client.d.ts`] },
    },
    files: ['use.ts'],
  };
  await writeFile(join(consumer, 'tsconfig.json'), JSON.stringify(config));
  await writeFile(join(consumer, 'package.json'), '{"type":"module"}');
  const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');
  const checked = await run(process.execPath, [tsc, '-p', consumer]).catch((error) => error);
  expect(checked.stdout).toBe('');
});

it('gives a command line that starts the bundles where no server runs', async () => {
  const { stdout } = await run(
    process.execPath,
    [join(outdir, PACKAGE, 'cli.js'), 'ask', 'What is a VPC endpoint?', '--json'],
    { env: { PATH: process.env.PATH, DATA_DIR: join(outdir, 'no-data') } },
  );
  expect(JSON.parse(stdout)).toMatchObject({ status: 'succeeded', simulated: true });
}, 60_000);
