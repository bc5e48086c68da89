import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobSchema } from '../shared/contract/job.ts';
import { Stack } from './support/stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start();
  stack.worker();
});

beforeEach(() => stack.providers.reset());

afterAll(() => stack?.[Symbol.asyncDispose]());

describe('a question on the embedded stack, through each real SDK', () => {
  it('gets a merged answer', async () => {
    const { id, status } = await stack.client.ask({ question: 'What is a VPC endpoint?', cache: false });
    expect(status).toBe('queued');
    const job = await stack.client.end(id);
    expect(jobSchema.safeParse(job).error).toBeUndefined();
    expect(job, stack.output).toMatchObject({
      status: 'succeeded',
      degraded: false,
      simulated: false,
      quorum: { required: 2, got: 3 },
      aggregator: { strategy: 'synthesis', merger: 'openai' },
      agreement: { n: 3 },
    });
    expect(job.providers.map(({ id: provider, state }) => `${provider}: ${state}`)).toEqual([
      'openai: answered',
      'gemini: answered',
      'huggingface: answered',
    ]);
    expect(job.answer?.text).toMatch(/VPC/);
  });

  it('is answered within the request where the client prefers to wait', async () => {
    const response = await stack.client.submit(
      { question: 'What is an S3 storage class?', cache: false },
      { prefer: 'wait=30' },
    );
    expect(response.status, stack.output).toBe(200);
    expect(response.headers.get('preference-applied')).toBe('wait=30');
    expect(await response.json()).toMatchObject({ status: 'succeeded', done: true });
  });

  it('survives what two of three providers can do wrong', async () => {
    stack.providers.script('openai', [{ reply: 'insufficient_quota', times: 'always' }]);
    stack.providers.script('gemini', [{ delivery: 'reset' }, {}]);
    const { id } = await stack.client.ask({
      question: 'What does an IAM role do?',
      mode: 'thorough',
      cache: false,
    });
    const job = await stack.client.end(id);
    expect(job.status, stack.output).toBe('succeeded');
    expect(job.providers.map(({ state, attempts }) => `${state} after ${attempts}`)).toEqual([
      'failed after 1',
      'answered after 2',
      'answered after 1',
    ]);
    expect(job.providers[0]?.error).toMatchObject({ code: 'quota_exhausted', retryable: false });
    expect(job.aggregator?.merger).toBe('gemini');
  });

  it('is canceled in mid-call', async () => {
    for (const provider of ['gemini', 'hf']) stack.providers.script(provider, [{ delivery: 'hang' }]);
    const { id, links } = await stack.client.ask({
      question: 'What is EC2?',
      mode: 'thorough',
      cache: false,
    });
    await stack.providers.nextCall('gemini');
    await stack.providers.nextCall('hf');
    const canceled = await fetch(`${stack.client.address}${links.cancel}`, { method: 'POST' });
    expect(canceled.status).toBe(202);
    await stack.providers.nextAbort('gemini');
    await stack.providers.nextAbort('hf');
    expect((await stack.client.end(id)).status).toBe('canceled');
  });

  it('is answered from the store the second time, and merged again without a call', async () => {
    const body = { question: 'What is the shared responsibility model?' };
    const first = await stack.client.end((await stack.client.ask(body)).id);
    const calls = () => ['openai', 'gemini', 'hf'].map((provider) => stack.providers.calls(provider));
    const before = calls();
    const again = await stack.client.ask(body, { prefer: 'wait=30' });
    expect(again).toMatchObject({ cached_from: first.id, status: 'succeeded', answer: first.answer });
    const merge = await fetch(`${stack.client.address}/v1/jobs/${first.id}/merge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ strategy: 'consensus' }),
    });
    expect(merge.status).toBe(202);
    const merged = await stack.client.end(((await merge.json()) as { id: string }).id);
    expect(merged).toMatchObject({
      status: 'succeeded',
      merged_from: first.id,
      aggregator: { strategy: 'consensus', merger: null },
      ledger: { calls: [] },
    });
    expect(calls()).toEqual(before);
  });
});
