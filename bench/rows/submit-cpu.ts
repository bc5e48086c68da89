import { compare, type Row } from '../report/row.ts';
import { quantile } from '../report/sample.ts';
import { type ApiLane, type ApiRun, startOurApi, startPlainApi } from '../stage/api-lane.ts';
import type { Stage } from '../stage/stage.ts';
import { submission } from '../stage/submission.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';
import { type Contender, interleave } from './interleave.ts';

const CONNECTIONS = 64;

export function describeApiRun({ cpuMsPerRequest, latenciesMs }: ApiRun): string {
  return `${cpuMsPerRequest.toFixed(3)} ms a request, p99 ${quantile(latenciesMs, 0.99).toFixed(1)} ms`;
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  await using ours = await startOurApi(stage, await stage.lane(), 3);
  await using plain = await startPlainApi(stage, await stage.lane());
  const requests = options.scale(2000);
  const contender = (lane: ApiLane): Contender<ApiRun> => ({
    name: lane.name,
    run: (round) =>
      lane.run(
        { connections: CONNECTIONS, requests, request: (index) => submission(index, 0), expectStatus: 202 },
        lane === ours && round === 1 ? options.profileDir : undefined,
      ),
    describe: describeApiRun,
  });
  const watch = stage.watchLimits();
  const [mine = [], theirs = []] = await interleave([contender(ours), contender(plain)], options, watch);
  const cpu = (runs: ApiRun[]) => runs.map(({ cpuMsPerRequest }) => cpuMsPerRequest);
  const p99 = (runs: ApiRun[]) => runs.map(({ latenciesMs }) => quantile(latenciesMs, 0.99));
  const row = { benchmark: submitCpu.name, unit: 'ms' };
  return [
    {
      ...compare(
        { ...row, what: 'CPU a submit: validated, durable, enqueued' },
        cpu(mine),
        plain.name,
        cpu(theirs),
      ),
      bar: { gate: 0.6, moonshot: 0.3, better: 'lower' },
      notes: watch.notes(),
    },
    compare({ ...row, what: `its p99 with ${CONNECTIONS} clients` }, p99(mine), plain.name, p99(theirs)),
  ];
}

export const submitCpu: Benchmark = {
  name: 'submit-cpu',
  about: 'CPU a submit, against PutItem and SendMessage on the plain SDK',
  run,
};
