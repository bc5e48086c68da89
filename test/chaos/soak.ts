import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../support/child.ts';
import { formatReport } from './format-report.ts';
import { liveThrough } from './live-through.ts';
import { mildFaults, planFaults } from './plan-faults.ts';
import { soakProfile } from './profile.ts';
import { readSamples, sampleUntil } from './samples.ts';
import { findLeaks, formatFigures, seriesOf } from './soak-figures.ts';

const USAGE = `npm run soak -- [--minutes 60] [--rate 5] [--seed 1] [--every 20] [--out .data/soak]

Runs API and two workers under a steady load (--rate questions a second) with a mild fault every --every seconds,
and samples the memory and the descriptors of each process. Writes samples.csv and report.json into --out;
"node test/chaos/plot-soak.ts" shows and draws them, while it runs too. Exit code 1 where a bar was missed, or
something grew.`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    every: { type: 'string', default: '20' },
    out: { type: 'string', default: '.data/soak' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const [minutes, rate, seed] = [Number(values.minutes), Number(values.rate), Number(values.seed)];
const out = resolve(ROOT, values.out);
const dataDir = join(out, 'table');
const samplesFile = join(out, 'samples.csv');
await rm(dataDir, { recursive: true, force: true });
await mkdir(dataDir, { recursive: true });
const profile = soakProfile({ minutes, rate });
const count = Math.max(1, Math.floor((minutes * 60) / Number(values.every)));
const faults = planFaults(seed, {
  makers: mildFaults(profile.workers),
  count,
  jobs: profile.jobs,
  workers: profile.workers,
});
console.log(
  `${profile.jobs} jobs in ${minutes} minutes, ${count} faults, seed ${seed}; samples go to ${out}`,
);
const report = await liveThrough({
  seed,
  profile,
  faults,
  dataDir,
  say: (line) => console.log(`${new Date().toISOString()} ${line}`),
  beside: (world, ended) => sampleUntil(ended, world, samplesFile),
});
await writeFile(join(out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
await rm(dataDir, { recursive: true, force: true });
const series = seriesOf(readSamples(await readFile(samplesFile, 'utf8')));
const leaks = findLeaks(series);
console.log(
  `\n${formatReport(report)}\n\n${formatFigures(series)}\n\n${leaks.join('\n') || 'Nothing grew.'}`,
);
process.exitCode = report.missed.length + leaks.length > 0 ? 1 : 0;
