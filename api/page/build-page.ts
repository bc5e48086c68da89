import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { PageFile } from './page-file.ts';

const ROOT = import.meta.dirname;

/** The oldest that know what the page leans on: `AbortSignal.any`, `Promise.withResolvers`, `<dialog>`. */
const BROWSERS = ['chrome119', 'firefox124', 'safari17.4'];

function pathOf(files: readonly PageFile[], pattern: RegExp): string {
  const file = files.find(({ path }) => pattern.test(path));
  if (!file) throw new Error(`the build of the page gave no file like ${pattern}`);
  return file.path;
}

async function writeIndex(assets: readonly PageFile[]): Promise<PageFile> {
  const template = await readFile(join(ROOT, 'app/index.html'), 'utf8');
  const html = template
    .replace('{script}', pathOf(assets, /main-\w+\.js$/))
    .replace('{style}', pathOf(assets, /main-\w+\.css$/))
    .replace('{icon}', pathOf(assets, /icon-\w+\.svg$/));
  return { path: '/index.html', body: new TextEncoder().encode(html) };
}

/** Bundles the page from its sources, in memory; takes a fraction of a second. */
export async function buildPage(): Promise<PageFile[]> {
  // Loaded here: where the page was built before, the bundler need not be installed.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: { main: 'app/main.ts', icon: 'app/icon.svg' },
    outdir: 'assets',
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: BROWSERS,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.svg': 'copy' },
    legalComments: 'eof',
    logLevel: 'warning',
  });
  const assets = outputFiles.map(({ path, contents }) => ({
    path: `/${relative(ROOT, path).split(sep).join('/')}`,
    body: new Uint8Array(contents),
  }));
  return [...assets, await writeIndex(assets)];
}
