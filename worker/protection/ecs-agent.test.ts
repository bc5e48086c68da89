import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeEcsAgent, startFakeEcsAgent } from '../testing/fake-ecs-agent.ts';
import { createEcsAgent, PROTECTION_MINUTES, ProtectionRefusedError } from './ecs-agent.ts';

let agent: FakeEcsAgent;
beforeEach(async () => {
  agent = await startFakeEcsAgent();
});
afterEach(() => agent.close());

const ask = (protectedNow: boolean) => createEcsAgent(agent.uri, fetch)(protectedNow);

it('asks for a while only, and says when it is over', async () => {
  await ask(true);
  await ask(false);
  const where = { method: 'PUT', path: '/api/one/task-protection/v1/state' };
  expect(agent.calls).toEqual([
    { ...where, body: { ProtectionEnabled: true, ExpiresInMinutes: PROTECTION_MINUTES } },
    { ...where, body: { ProtectionEnabled: false } },
  ]);
});

it.each([
  {
    what: 'a refusal that comes with status 200',
    status: 200,
    body: '{"failure":{"Arn":"a","Reason":"DEPLOYMENT_BLOCKED","Detail":"too many are protected"}}',
    reason: 'DEPLOYMENT_BLOCKED',
  },
  {
    what: 'a missing permission',
    status: 400,
    body: '{"requestID":"r","error":{"Arn":"a","Code":"AccessDeniedException","Message":"no"}}',
    reason: 'AccessDeniedException',
  },
  { what: 'an answer that is no JSON', status: 502, body: '<html>', reason: 'NO_JSON' },
  {
    what: 'an answer that says the opposite',
    status: 200,
    body: '{"protection":{"ProtectionEnabled":false}}',
    reason: 'UNKNOWN',
  },
])('tells $what', async ({ status, body, reason }) => {
  agent.answer = { status, body };
  const refused = await ask(true).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ProtectionRefusedError);
  expect(refused).toMatchObject({ reason });
});

it('waits two seconds for an agent that says nothing', async () => {
  agent.answer = 'hang';
  const askedAt = performance.now();
  await expect(ask(true)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(performance.now() - askedAt).toBeLessThan(5000);
});
