import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PageFile } from './page-file.ts';

/** Where a build puts the page's files: beside the bundle of the API. */
export const BUILT_PAGE = 'page';

async function readBuilt(folder: string): Promise<PageFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const file = join(parentPath, name);
        const path = file.slice(folder.length).replaceAll('\\', '/');
        return { path, body: new Uint8Array(await readFile(file)) };
      }),
  );
}

async function findFiles(): Promise<Map<string, PageFile>> {
  const folder = join(import.meta.dirname, BUILT_PAGE);
  const files = existsSync(folder)
    ? await readBuilt(folder)
    : await (await import('./build-page.ts')).buildPage();
  return new Map(files.map((file) => [file.path, file]));
}

let finding: Promise<Map<string, PageFile>> | undefined;

/** The page's files by path: read once where they were built before, else built at the first call. */
export function pageFiles(): Promise<Map<string, PageFile>> {
  finding ??= findFiles().catch((error) => {
    finding = undefined;
    throw error;
  });
  return finding;
}
