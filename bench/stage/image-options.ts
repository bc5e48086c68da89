import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCKERFILE = readFileSync(join(import.meta.dirname, '../../Dockerfile'), 'utf8');

/** What both images give V8; by itself, V8 makes a heap that depends on the machine's memory. */
export const IMAGE_V8_OPTIONS = readOptions(DOCKERFILE);

/** Throws where the commands of the images give none, or not the same. */
function readOptions(dockerfile: string): string[] {
  const commands = dockerfile.matchAll(/^CMD \["node", (.+), "\/app\/(?:api|worker)\.js"\]$/gm);
  const [api, worker] = [...commands].map(([, options]) => options);
  if (api === undefined || api !== worker)
    throw new Error("the Dockerfile's commands of api and worker do not give V8 the same options");
  return JSON.parse(`[${api}]`);
}
