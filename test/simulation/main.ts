import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { schedules } from './schedule.ts';
import { World } from './world.ts';

const USAGE = `npm run simulate -- [--schedules 10000] [--seed N] [--path P]

Lives schedules of crashes, losses, freezes and skewed clocks in virtual time and holds each to the invariants.
What fails is shrunk; its seed and path replay it.`;

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    path: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const seed = values.seed === undefined ? Date.now() | 0 : Number(values.seed);
console.log(`seed ${seed}`);
let lived = 0;
let jobs = 0;
const began = performance.now();
const result = await fc.check(
  fc.asyncProperty(schedules, async (schedule) => {
    jobs += (await new World(schedule).run()).jobs.length;
    lived += 1;
    if (lived % 1000 === 0) console.log(`${lived} schedules, ${jobs} jobs`);
  }),
  { numRuns: Number(values.schedules), seed, ...(values.path === undefined ? {} : { path: values.path }) },
);

const seconds = ((performance.now() - began) / 1000).toFixed(1);
if (result.failed) {
  console.error(fc.defaultReportMessage(result));
  console.error(result.errorInstance);
  process.exitCode = 1;
} else {
  console.log(`${lived} schedules with ${jobs} accepted jobs broke no invariant, in ${seconds} s`);
}
