import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const TYPES = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
} as const;

export type SwaggerUiFile = keyof typeof TYPES;

export const SWAGGER_UI_FILES = Object.keys(TYPES) as SwaggerUiFile[];

/** The package's files stand beside a bundle, in `swagger-ui/`; else in node_modules. */
function folder(): string {
  const beside = join(import.meta.dirname, 'swagger-ui');
  if (existsSync(beside)) return beside;
  return dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
}

const read = new Map<SwaggerUiFile, Promise<Uint8Array<ArrayBuffer>>>();

/** One of Swagger UI's own files, read once. */
export async function swaggerUiFile(
  name: SwaggerUiFile,
): Promise<{ type: string; body: Uint8Array<ArrayBuffer> }> {
  const reading = read.get(name) ?? readFile(join(folder(), name));
  read.set(name, reading);
  try {
    return { type: TYPES[name], body: await reading };
  } catch (error) {
    read.delete(name);
    throw error;
  }
}
