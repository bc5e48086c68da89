import { join } from 'node:path';
import { bundle } from './bundle.ts';

const outdir = join(import.meta.dirname, '../dist');
await bundle(outdir);
process.stdout.write(`built ${outdir}\n`);
