import { join } from 'node:path';
import { buildPackage, PACKAGE } from './build-package.ts';

const outdir = join(import.meta.dirname, '../dist');
await buildPackage(outdir);
process.stdout.write(`built ${join(outdir, PACKAGE)}\n`);
