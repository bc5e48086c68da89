import { expect, it } from 'vitest';
import { Stack } from './support/stack.ts';

const VISIBILITY_SECONDS = 3;

it('failure mode 5: a worker killed in mid-job: another ends the job, and no finished provider is called again', async () => {
  await using stack = await Stack.start({ VISIBILITY_SECONDS: String(VISIBILITY_SECONDS) });
  const { client, providers } = stack;
  providers.script('gemini', [{ delivery: 'hang' }]);
  const doomed = stack.worker();
  const { id } = await client.ask({ question: 'What is a VPC endpoint?', mode: 'thorough', cache: false });
  await stack.meet(providers.nextCall('gemini'));
  const before = await stack.meet(
    client.until(id, (job) => job.providers.filter(({ state }) => state === 'answered').length === 2),
  );
  expect(before.providers.map(({ state }) => state)).toEqual(['answered', 'running', 'answered']);

  await doomed.end('SIGKILL');
  const killedAt = performance.now();
  stack.worker();
  await stack.meet(providers.nextCall('gemini'));
  const recoveryMs = performance.now() - killedAt;
  const job = await stack.meet(client.end(id));

  expect(job.status, stack.output).toBe('succeeded');
  expect(recoveryMs).toBeLessThan((VISIBILITY_SECONDS + 5) * 1000);
  const question = 'What is a VPC endpoint?';
  expect({
    openai: providers.calls('openai', question),
    gemini: providers.calls('gemini', question),
    huggingface: providers.calls('hf', question),
  }).toEqual({ openai: 1, gemini: 2, huggingface: 1 });
  const lines = job.ledger.calls.filter(({ purpose }) => purpose === 'answer');
  expect(lines.map(({ provider, outcome }) => `${provider}: ${outcome}`).sort()).toEqual([
    'gemini: ok',
    'gemini: outcome_unknown',
    'huggingface: ok',
    'openai: ok',
  ]);
});
