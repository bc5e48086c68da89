import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { JobView } from '../shared/contract/job.ts';
import { Stack } from './support/stack.ts';

const QUESTION = 'What is a VPC endpoint?';

const answered = (count: number) => (job: JobView) =>
  job.providers.filter(({ state }) => state === 'answered').length === count;

const callsOf = ({ providers }: Stack) =>
  ['openai', 'gemini', 'hf'].map((provider) => providers.calls(provider, QUESTION));

it('failure mode 4: a worker that stood still past its lease decides nothing when it goes on', async () => {
  await using stack = await Stack.start({ VISIBILITY_SECONDS: '3' });
  const { client, providers } = stack;
  providers.script('gemini', [{ delivery: 'hang' }]);
  const zombie = stack.worker();
  const { id } = await client.ask({ question: QUESTION, mode: 'thorough', cache: false });
  await stack.meet(providers.nextCall('gemini'));
  await stack.meet(client.until(id, answered(2)));

  zombie.signal('SIGSTOP');
  stack.worker();
  await stack.meet(providers.nextCall('gemini'));
  const ended = await stack.meet(client.end(id));
  zombie.signal('SIGCONT');
  // Its lease is over: the first thing that it does is to end the call that it was in.
  await stack.meet(providers.nextAbort('gemini'));

  const { revision: _revision, ledger: _ledger, ...before } = ended;
  expect(await client.job(id)).toMatchObject(before);
  expect(ended.status, stack.output).toBe('succeeded');
  expect(callsOf(stack)).toEqual([1, 2, 1]);
});

it('failure mode 12: an event loop that stands still for two seconds loses no message', async () => {
  await using stack = await Stack.start({ VISIBILITY_SECONDS: '6' });
  const { client, providers } = stack;
  providers.script('gemini', [{ delay_ms: 5000 }]);
  const worker = stack.worker();
  const { id } = await client.ask({ question: QUESTION, mode: 'thorough', cache: false });
  await stack.meet(providers.nextCall('gemini'));
  for (let block = 0; block < 2; block += 1) {
    worker.signal('SIGSTOP');
    await wait(2000);
    worker.signal('SIGCONT');
  }
  const job = await stack.meet(client.end(id));
  expect(job.status, stack.output).toBe('succeeded');
  expect(callsOf(stack)).toEqual([1, 1, 1]);
  expect(job.ledger.calls.filter(({ outcome }) => outcome === 'outcome_unknown')).toEqual([]);
});
