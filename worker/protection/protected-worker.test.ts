import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeEcsAgent, startFakeEcsAgent } from '../testing/fake-ecs-agent.ts';
import { answering, ScriptedProvider } from '../testing/scripted-provider.ts';
import { WorkerBench } from '../testing/worker-bench.ts';
import { createEcsAgent } from './ecs-agent.ts';

let agent: FakeEcsAgent;
beforeEach(async () => {
  agent = await startFakeEcsAgent();
});
afterEach(() => agent.close());

function bench(): WorkerBench {
  return new WorkerBench({
    setProtection: createEcsAgent(agent.uri, fetch),
    providers: (clock) => [new ScriptedProvider('alpha', clock, answering('Traffic stays inside.', 20_000))],
  });
}

const asked = () => agent.calls.map(({ body }) => body.ProtectionEnabled);

it('protects a worker while it has jobs, and no longer', async () => {
  await using world = bench();
  await world.start();
  const [first, second] = [await world.submit(), await world.submit()];
  await world.end(first);
  await world.end(second);
  await agent.asked(1);
  expect(asked()).toEqual([true]);
  await world.clock.advance(11_000);
  await agent.asked(2);
  expect(asked()).toEqual([true, false]);
});

it('ends the protection when the drain is over, not before', async () => {
  await using world = bench();
  const worker = await world.start();
  await world.submit();
  await world.clock.advance(3000);
  await agent.asked(1);
  const stopped = worker.stop();
  await world.clock.advance(1000);
  expect(asked()).toEqual([true]);
  await world.clock.advance(60_000);
  await agent.asked(2);
  await stopped;
  expect(asked()).toEqual([true, false]);
});

it('works and stops where the agent says nothing at all', async () => {
  agent.answer = 'hang';
  await using world = bench();
  const worker = await world.start();
  const job = await world.end(await world.submit());
  expect(job.status).toBe('succeeded');
  const stopped = worker.stop();
  await world.clock.advance(5000);
  await stopped;
  expect(asked()).toEqual([true, false]);
  expect(world.logged.map(({ msg }) => msg).filter((msg) => msg === 'task protection not set')).toHaveLength(
    1,
  );
});
