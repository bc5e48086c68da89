import { expect, it } from 'vitest';
import { createSqsQueue } from '../../shared/adapters/sqs/sqs-queue.ts';
import { Stack } from '../../test/support/stack.ts';
import { EXIT } from './help.ts';
import { envOf, typed } from './testing.ts';

const VISIBILITY_SECONDS = 3;
const QUESTION = 'What is a VPC endpoint?';

it('ends a job whose message lay among the dead letters, and pays no provider twice', {
  timeout: 60_000,
}, async () => {
  await using stack = await Stack.start({ VISIBILITY_SECONDS: String(VISIBILITY_SECONDS) });
  const { client, providers } = stack;
  const env = { ...envOf(stack.aws.aws), VISIBILITY_SECONDS: String(VISIBILITY_SECONDS) };
  const queue = createSqsQueue({ aws: stack.aws.aws });
  providers.script('gemini', [{ delivery: 'hang' }]);
  const doomed = stack.worker();
  const { id } = await client.ask({ question: QUESTION, mode: 'thorough', cache: false });
  await stack.meet(providers.nextCall('gemini'));
  await stack.meet(
    client.until(id, (job) => job.providers.filter(({ state }) => state === 'answered').length === 2),
  );
  await doomed.end('SIGKILL');

  const [message] = await queue.receive(1, 2 * VISIBILITY_SECONDS, 30);
  await queue.sendDeadLetter(message?.body ?? '', 'a worker that could not read it');
  await queue.ack(message?.receipt ?? '');
  await queue.close();

  const declined = await typed(env, 'redrive');
  expect(declined, declined.err).toMatchObject({ code: EXIT.declined });
  expect(declined.err).toContain('say --yes');
  const sentBack = await typed(env, 'redrive', '--yes', '--json');
  expect(sentBack, sentBack.err).toMatchObject({ code: EXIT.ok });
  expect(JSON.parse(sentBack.out)).toMatchObject({
    acted: true,
    letters: [{ fate: 'send_back', job_id: id, why: 'its job is running, with 2 answers kept' }],
  });

  stack.worker({ EMBEDDED_START: '0' });
  await stack.meet(providers.nextCall('gemini'));
  const job = await stack.meet(client.end(id));
  expect(job.status, stack.output).toBe('succeeded');
  const calls = ['openai', 'gemini', 'hf'].map((provider) => providers.calls(provider, QUESTION));
  expect(calls).toEqual([1, 2, 1]);
});

it.each([
  ['a command that there is not', ['purge'], EXIT.usage, /must be one of status, redrive/],
  ['no stack at all', ['status'], EXIT.failed, /no stack is named: use --environment/],
])('says what to do about %s', async (_what, args, code, message) => {
  const said = await typed({ PATH: process.env.PATH, DATA_DIR: '/nowhere' }, ...args);
  expect(said, said.err).toMatchObject({ code, out: '' });
  expect(said.err).toMatch(message);
});
