import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerCall } from './rows/provider-call.ts';
import { requests } from './rows/requests.ts';
import { roundTrips } from './rows/round-trips.ts';
import { openOurWorker, openSqsConsumer } from './stage/consumer-lane.ts';
import { spreadQuestions } from './stage/measured-questions.ts';
import { Stage } from './stage/stage.ts';

const PEERS = join(import.meta.dirname, 'node_modules');
const isMissed = !existsSync(PEERS);
if (isMissed) console.warn('The peers of the benchmark are not tried: npm ci --prefix bench installs them.');

const JOBS = 6;
const alone = { runs: 1, scale: () => 2, say: () => {} };

/** That the benchmark measures work that was done; how long it took is nobody's business here. */
describe('the benchmark in small', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start('dynalite');
  }, 60_000);
  afterAll(() => stage[Symbol.asyncDispose]());

  it('measures our worker over jobs that ended with every answer', { timeout: 60_000 }, async () => {
    await using worker = await openOurWorker(stage, { providers: 3, slots: JOBS });
    const run = await worker.run(spreadQuestions(JOBS, 20));
    expect(run.cpuMsPerJob).toBeGreaterThan(0);
    expect(run.rssMb).toBeGreaterThan(1);
  });

  it('counts what a question asks of queue and table', { timeout: 60_000 }, async () => {
    const rows = await requests.run(stage, alone);
    const medianOf = (what: string) => rows.find((row) => row.what === what)?.ours.median ?? 0;
    expect(medianOf('SQS requests')).toBeGreaterThanOrEqual(3);
    expect(medianOf('writes of the job item')).toBeGreaterThanOrEqual(4);
    expect(medianOf('write units')).toBeGreaterThan(medianOf('writes of the job item'));
    expect(medianOf('read units')).toBeGreaterThan(0);
  });

  it('follows a job through queue and table', { timeout: 60_000 }, async () => {
    const rows = await roundTrips.run(stage, alone);
    expect(rows.map(({ what }) => what)).toContain('claim it');
    for (const { what, ours } of rows) expect(ours.median, what).toBeGreaterThan(0);
  });

  it('compares calls that were answered', { timeout: 60_000 }, async () => {
    const rows = await providerCall.run(stage, alone);
    expect(rows.map(({ against }) => against?.who)).toContain('global fetch');
    for (const { against, ours } of rows) expect(ours.median, against?.who).toBeGreaterThan(0);
  });

  it.skipIf(isMissed)('measures sqs-consumer over messages that are gone', { timeout: 60_000 }, async () => {
    await using peer = await openSqsConsumer(stage, { slots: 10 });
    const run = await peer.run(spreadQuestions(JOBS, 20));
    expect(run.cpuMsPerJob).toBeGreaterThan(0);
  });
});
