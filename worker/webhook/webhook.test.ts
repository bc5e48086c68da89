import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { endWrite } from '../../shared/job/ends.ts';
import { WorkerBench } from '../testing/worker-bench.ts';
import { deliverWebhook, RETRY_DELAYS_SECONDS } from './deliver-webhook.ts';

const SECRET = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

interface Posted {
  url: string;
  headers: Record<string, string>;
  body: string;
}

function receiver(...answers: (number | Error)[]) {
  const posted: Posted[] = [];
  const post = async (url: string, headers: Record<string, string>, body: string) => {
    posted.push({ url, headers, body });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer ?? 500;
  };
  return { posted, post };
}

const webhook = { url: 'https://example.org/hook', events: ['job.succeeded' as const] };

describe('a webhook', () => {
  it('tells of the end, thin and signed by the standard', async () => {
    const { posted, post } = receiver(204);
    await using bench = new WorkerBench({ postWebhook: post, config: { webhookSecret: SECRET } });
    await bench.start();
    const id = await bench.submit({ webhook });
    await bench.end(id);
    await bench.clock.advance(100);
    expect(posted).toHaveLength(1);
    const [{ url, headers, body } = { url: '', headers: {}, body: '' }] = posted;
    expect(url).toBe('https://example.org/hook');
    const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');
    const { createHmac } = await import('node:crypto');
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
    expect(JSON.parse(body)).toMatchObject({ type: 'job.succeeded', data: { id, status: 'succeeded' } });
    expect(body.length).toBeLessThan(20_000);
    const job = await bench.job(id);
    expect(job.webhook).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(job.due_at).toBeUndefined();
    expect(() => new Webhook(SECRET).sign('id', new Date(), 'body')).not.toThrow();
  });

  it('is tried again with the same id, ever later, until it is taken', async () => {
    const { posted, post } = receiver(500, 302, new Error('connection refused'), 200);
    await using bench = new WorkerBench({ postWebhook: post, config: { webhookSecret: SECRET } });
    await bench.start();
    const id = await bench.submit({ webhook });
    await bench.end(id);
    await bench.clock.advance(240_000);
    expect(posted).toHaveLength(4);
    expect(new Set(posted.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect((await bench.job(id)).webhook?.state).toBe('delivered');
  });

  it('has failed after the last try, ever later ones, and the job needs nobody any more', async () => {
    const { posted, post } = receiver(500);
    await using bench = new WorkerBench();
    const { store, clock, random } = bench;
    const deps = { store, clock, random, secret: SECRET, post, onError: () => {} };
    const id = await bench.submit({ webhook: { url: webhook.url, events: ['job.canceled'] } });
    await store.writeJob(endWrite(await bench.job(id), { status: 'canceled' }, clock.now()));
    const waits: number[] = [];
    for (let job = await bench.job(id); job.due_at !== undefined; job = await bench.job(id)) {
      await deliverWebhook(job, deps);
      waits.push(((await bench.job(id)).due_at ?? clock.now()) - clock.now());
    }
    expect(posted).toHaveLength(RETRY_DELAYS_SECONDS.length + 1);
    const least = [...RETRY_DELAYS_SECONDS.map((seconds) => seconds * 1000), 0];
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(least[index] as number);
      expect(wait).toBeLessThanOrEqual((least[index] as number) * 1.2);
    }
    expect((await bench.job(id)).webhook?.state).toBe('failed');
  });

  it('is disabled by 410', async () => {
    const { posted, post } = receiver(410);
    await using bench = new WorkerBench({ postWebhook: post, config: { webhookSecret: SECRET } });
    await bench.start();
    const id = await bench.submit({ webhook });
    await bench.end(id);
    await bench.clock.advance(60_000);
    expect(posted).toHaveLength(1);
    expect((await bench.job(id)).webhook?.state).toBe('disabled');
  });

  it('is silent about ends that were not asked for', async () => {
    const { posted, post } = receiver(200);
    await using bench = new WorkerBench({ postWebhook: post, config: { webhookSecret: SECRET } });
    await bench.start();
    const id = await bench.submit({ webhook: { ...webhook, events: ['job.failed'] } });
    await bench.end(id);
    await bench.clock.advance(60_000);
    expect(posted).toEqual([]);
    expect((await bench.job(id)).webhook?.state).toBe('unwanted');
  });

  it('is delivered by the sweeper where the worker died after the end', async () => {
    const { posted, post } = receiver(200);
    await using bench = new WorkerBench({ postWebhook: post, config: { webhookSecret: SECRET } });
    const id = await bench.submit({
      webhook: { url: webhook.url, events: ['job.expired'] },
      deadlineSeconds: 5,
      send: false,
    });
    await bench.clock.advance(10_000);
    await bench.start();
    await bench.clock.advance(10_000);
    expect(posted).toHaveLength(1);
    expect((await bench.job(id)).status).toBe('expired');
  });
});
