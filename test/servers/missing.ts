import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Env } from '../../shared/config/env-reader.ts';

/** This machine lacks what a server needs; the message says what, and how to get it. */
export class MissingError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MissingError';
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Throws `MissingError`, with how to get it, where no folder of the PATH has the program. */
export function requireProgram(name: string, howToGet: string, env: Env): void {
  const folders = (env.PATH ?? '').split(delimiter);
  if (folders.some((folder) => isProgram(join(folder, name)))) return;
  throw new MissingError(`${name} is not on the PATH: ${howToGet}`);
}
