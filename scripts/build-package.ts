import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import { bundle } from './bundle.ts';

const ROOT = join(import.meta.dirname, '..');
/** Below the services' bundles, which the command line starts where no server runs. */
export const PACKAGE = 'package';

const COMMON: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'esm',
  sourcemap: true,
  legalComments: 'linked',
  logLevel: 'warning',
};

/** tsc of this project, run by this Node. */
async function emitTypes(outdir: string): Promise<void> {
  const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');
  const options = ['--declaration', '--emitDeclarationOnly', '--noEmit', 'false', '--rootDir', ROOT];
  // Named files leave tsconfig.json out: what matters of it to declarations is said here.
  const rules = [
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--lib',
    'es2024',
    '--types',
    'node',
    '--strict',
  ];
  await promisify(execFile)(
    process.execPath,
    [
      tsc,
      '--ignoreConfig',
      ...rules,
      '--skipLibCheck',
      '--allowImportingTsExtensions',
      ...options,
      '--outDir',
      outdir,
      join(ROOT, 'api/client.ts'),
    ],
    { cwd: ROOT },
  ).catch((error: { stdout?: string; message: string }) => {
    throw new Error(`the types could not be built:\n${error.stdout || error.message}`);
  });
}

/**
 * Builds what the package gives to others into `outdir`, as JavaScript: Node strips no types below node_modules.
 * `package/client.js` with its types stands for itself; `package/cli.js` uses the package's dependencies, and
 * the services' bundles beside it.
 */
export async function buildPackage(outdir: string): Promise<void> {
  await bundle(outdir);
  const to = join(outdir, PACKAGE);
  await build({
    ...COMMON,
    entryPoints: { client: 'api/client.ts' },
    outdir: to,
    platform: 'neutral',
    target: 'es2022',
  });
  await build({
    ...COMMON,
    entryPoints: { cli: 'local/ask/main.ts' },
    outdir: to,
    platform: 'node',
    target: 'node22.19',
    packages: 'external',
    // The embedded stack is loaded by those only who name no server.
    splitting: true,
  });
  await emitTypes(join(to, 'types'));
}
