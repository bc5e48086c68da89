import { compare, type Row } from '../report/row.ts';
import { quantile } from '../report/sample.ts';
import { type ApiLane, type ApiRun, startOurApi, startPlainApi } from '../stage/api-lane.ts';
import { Load } from '../stage/load.ts';
import { question } from '../stage/measured-questions.ts';
import { panelOf, type Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';
import { type Contender, interleave } from './interleave.ts';
import { describeApiRun } from './submit-cpu.ts';

const POLLERS = 64;
const PROVIDERS = 3;
/** Runs that each warm-up is long: one alone is over in half a second. */
const WARM_UP_FACTOR = 2;
/** What V8 chooses by itself where there are 512 MB, as in the API's task. */
const HEAP_OF_512_MB = ['--max-semi-space-size=1', '--max-old-space-size=256'];
/** Whom the API takes a caller without a key for, on this machine. */
const CLIENT = 'local';

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  const lane = await stage.lane();
  await using load = new Load(lane);
  const questions = Array.from({ length: options.scale(500) }, (_, index) => question(index, 0));
  // The same rows for both, not ended: who polls, waits.
  const jobs = await load.putJobs(questions, panelOf(PROVIDERS), { client: CLIENT });
  await using ours = await startOurApi(stage, lane, PROVIDERS);
  await using plain = await startPlainApi(stage, lane);
  await using smallHeap = await startOurApi(stage, lane, PROVIDERS, {
    name: 'V8 with its own choice for 512 MB',
    v8Options: HEAP_OF_512_MB,
  });
  const requests = options.scale(4000);
  const poll = (index: number) =>
    ({ method: 'GET', path: `/v1/jobs/${jobs[(index * 7) % jobs.length]?.id}` }) as const;
  const contender = (api: ApiLane): Contender<ApiRun> => ({
    name: api.name,
    run: (round) =>
      api.run(
        {
          connections: POLLERS,
          requests: round === 0 ? WARM_UP_FACTOR * requests : requests,
          request: poll,
          expectStatus: 200,
        },
        api === ours && round === 1 ? options.profileDir : undefined,
      ),
    describe: describeApiRun,
  });
  const watch = stage.watchLimits();
  const contenders = [ours, plain, smallHeap].map(contender);
  const [mine = [], theirs = [], inSmallHeap = []] = await interleave(contenders, options, watch);
  const cpu = (runs: ApiRun[]) => runs.map(({ cpuMsPerRequest }) => cpuMsPerRequest);
  const p99 = (runs: ApiRun[]) => runs.map(({ latenciesMs }) => quantile(latenciesMs, 0.99));
  const row = { benchmark: pollCpu.name, unit: 'ms' };
  return [
    {
      ...compare({ ...row, what: `CPU a poll, ${POLLERS} pollers` }, cpu(mine), plain.name, cpu(theirs)),
      bar: { gate: 0.25, moonshot: 0.12, better: 'lower' },
      notes: watch.notes(),
    },
    compare(
      { ...row, what: 'the same, with the heap of the images' },
      cpu(mine),
      smallHeap.name,
      cpu(inSmallHeap),
    ),
    compare({ ...row, what: 'its p99' }, p99(mine), plain.name, p99(theirs)),
  ];
}

export const pollCpu: Benchmark = {
  name: 'poll-cpu',
  about: 'CPU a poll, against GetItem on the plain SDK, of the same rows',
  run,
};
