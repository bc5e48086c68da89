import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { buildPage } from '../api/page/build-page.ts';
import { BUILT_PAGE } from '../api/page/page-files.ts';
import { SWAGGER_UI_FILES } from '../api/routes/swagger-ui.ts';

const ROOT = join(import.meta.dirname, '..');

/** Some of the packages are CommonJS, and require Node's own modules. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`;

async function copySwaggerUi(outdir: string): Promise<void> {
  const from = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const to = join(outdir, 'swagger-ui');
  await mkdir(to, { recursive: true });
  await Promise.all(SWAGGER_UI_FILES.map((name) => copyFile(join(from, name), join(to, name))));
}

async function writePage(outdir: string): Promise<void> {
  for (const { path, body } of await buildPage()) {
    const file = join(outdir, BUILT_PAGE, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, body);
  }
}

/**
 * Puts everything that an image needs into `outdir`: a bundle for each service, its source map,
 * and the files that the API serves. What stood there before is gone.
 */
export async function bundle(outdir: string): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: { api: 'api/main.ts', worker: 'worker/main.ts' },
    outdir,
    bundle: true,
    platform: 'node',
    // Only what runs from its sources bundles the page by itself.
    external: ['esbuild'],
    format: 'esm',
    target: 'node22.19',
    sourcemap: true,
    legalComments: 'linked',
    banner: { js: REQUIRE },
    logLevel: 'warning',
  });
  await copySwaggerUi(outdir);
  await writePage(outdir);
  // The folder is complete in itself: Node learns from this file that the bundles are modules.
  await writeFile(join(outdir, 'package.json'), '{ "type": "module" }\n');
}
