import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installDynamodbLocal } from '../servers/dynamodb-local.ts';
import { ROOT } from '../support/child.ts';
import { canFillDisk } from './apply-fault.ts';
import { formatReport } from './format-report.ts';
import { liveThrough } from './live-through.ts';
import { allFaults, planFaults } from './plan-faults.ts';
import { chaosProfile } from './profile.ts';
import { TABLE_KINDS } from './table-kind.ts';

const USAGE = `npm run chaos -- [--jobs 10000] [--minutes 10] [--seed N] [--every 10] [--out .data/chaos] [--table dynalite]

API and three workers in processes of their own, a proxy on each of their links, and a fault every --every seconds:
crashes, freezes, stops, broken links, lost queues, a full disk, failing providers. Every job is then held against
what the providers and the table saw. --table dynamodb-local, which wants Java and Maven, meets the batched writes that
AWS has. --out gets report.json and the services' logs. Exit code 1 where a bar was missed.`;

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '10000' },
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    every: { type: 'string', default: '10' },
    out: { type: 'string', default: '.data/chaos' },
    table: { type: 'string', default: 'dynalite' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
const minutes = Number(values.minutes);
const profile = chaosProfile({ jobs: Number(values.jobs), minutes });
const table = TABLE_KINDS.find((kind) => kind === values.table);
if (!table) throw new RangeError(`--table is one of ${TABLE_KINDS.join(', ')}, not "${values.table}"`);
if (table === 'dynamodb-local') await installDynamodbLocal();
const fillsDisk = table === 'dynalite' && canFillDisk();
if (!fillsDisk)
  console.warn('NOT SHOWN HERE: a full disk. It needs dynalite, and prlimit, of util-linux on Linux.');
const faults = planFaults(seed, {
  makers: allFaults(profile.visibilitySeconds, { table, canFillDisk: fillsDisk }),
  count: Math.max(1, Math.floor((minutes * 60) / Number(values.every))),
  jobs: profile.jobs,
  workers: profile.workers,
});
console.log(`${profile.jobs} jobs in ${minutes} minutes, ${faults.length} faults, seed ${seed}`);

const out = resolve(ROOT, values.out);
await mkdir(out, { recursive: true });
const dataDir = await mkdtemp(join(tmpdir(), 'iscoolgpt-chaos-'));
const beganAt = performance.now();
try {
  const report = await liveThrough({
    seed,
    profile,
    faults,
    table,
    dataDir,
    logDir: out,
    say: (line) => console.log(`${((performance.now() - beganAt) / 1000).toFixed(1).padStart(6)} s  ${line}`),
  });
  await writeFile(join(out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\n${formatReport(report)}\n\n${out}`);
  process.exitCode = report.missed.length > 0 ? 1 : 0;
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
