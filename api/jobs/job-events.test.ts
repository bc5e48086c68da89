import { describe, expect, test } from 'vitest';
import { jobSchema } from '../../shared/contract/job.ts';
import { makeApi } from '../testing/api-fixture.ts';
import { jobIn } from '../testing/read-response.ts';

async function fixture() {
  const api = makeApi();
  const { id } = await jobIn(await api.submit({ deadline_seconds: 60 }), 202);
  const follow = async (headers: Record<string, string> = {}, method = 'GET') =>
    api.ask(`/v1/jobs/${id}/events`, { headers, method });
  return { ...api, id, follow };
}

function reading(response: Response) {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  return {
    next: async (): Promise<string | undefined> => {
      const { done, value } = await reader.read();
      return done ? undefined : decoder.decode(value);
    },
    leave: () => reader.cancel(),
  };
}

/** The revision and status that an event shows, which must carry the whole job in its envelope. */
function eventIn(text: string | undefined): [number, string] {
  const [, id, data] = /^event: job\nid: (\d+)\ndata: (.*)\n\n$/.exec(text ?? '') ?? [];
  const envelope = JSON.parse(data ?? 'null');
  expect(envelope?.v, text).toBe(1);
  const job = jobSchema.strict().parse(envelope.job);
  expect(job.revision).toBe(Number(id));
  return [job.revision, job.status];
}

function expectNothingLeft({ clock, watchers, streams }: Awaited<ReturnType<typeof fixture>>): void {
  expect([clock.sleeping, watchers.watched, streams.open]).toEqual([0, 0, 0]);
}

describe('GET /v1/jobs/{id}/events', () => {
  test('shows each change as a whole snapshot, and ends after the end', async () => {
    const api = await fixture();
    const response = await api.follow();
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('Cache-Control')).toBe('no-cache, no-transform');
    expect(response.headers.get('X-Accel-Buffering')).toBe('no');
    const stream = reading(response);
    expect(await stream.next()).toBe('retry: 1000\n\n');
    expect(eventIn(await stream.next())).toEqual([1, 'queued']);
    await api.worker.claim(api.id);
    const running = stream.next();
    await api.clock.advance(2000);
    expect(eventIn(await running)).toEqual([2, 'running']);
    await api.worker.end(api.id, { status: 'succeeded' });
    const ended = stream.next();
    await api.clock.advance(2000);
    expect(eventIn(await ended)).toEqual([3, 'succeeded']);
    expect(await stream.next()).toBeUndefined();
    expectNothingLeft(api);
  });

  test('goes on after the last event seen', async () => {
    const api = await fixture();
    await api.worker.claim(api.id);
    const stream = reading(await api.follow({ 'Last-Event-ID': '2' }));
    await stream.next();
    const next = stream.next();
    await api.worker.end(api.id, { status: 'failed' });
    await api.clock.advance(2000);
    expect(eventIn(await next)).toEqual([3, 'failed']);
    expect(await stream.next()).toBeUndefined();
    const behind = reading(await api.follow({ 'Last-Event-ID': '2' }));
    await behind.next();
    expect(eventIn(await behind.next())).toEqual([3, 'failed']);
    expect(await behind.next()).toBeUndefined();
    expect((await api.follow({ 'Last-Event-ID': '3' })).status).toBe(204);
    const unreadable = reading(await api.follow({ 'Last-Event-ID': 'x' }));
    await unreadable.next();
    expect(eventIn(await unreadable.next())).toEqual([3, 'failed']);
    await unreadable.leave();
    expectNothingLeft(api);
  });

  test('says that it is there every 15 s', async () => {
    const api = await fixture();
    const stream = reading(await api.follow({ 'Last-Event-ID': '1' }));
    await stream.next();
    for (let i = 0; i < 2; i += 1) {
      const comment = stream.next();
      await api.clock.advance(15_000);
      expect(await comment).toBe(': still here\n\n');
    }
    await stream.leave();
    await api.clock.advance(0);
    expectNothingLeft(api);
  });

  test('keeps only the newest snapshot for a slow reader', async () => {
    const api = await fixture();
    const stream = reading(await api.follow());
    await stream.next();
    await api.clock.advance(250);
    await api.worker.claim(api.id);
    await api.clock.advance(2000);
    await api.worker.answer(api.id, 'openai', 'x');
    await api.clock.advance(2000);
    expect(eventIn(await stream.next())).toEqual([3, 'running']);
    await stream.leave();
    await api.clock.advance(0);
    expectNothingLeft(api);
  });

  test('a reader that leaves, or never reads, frees the watch', async () => {
    const api = await fixture();
    const unread = await api.follow();
    expect(api.watchers.watched).toBe(1);
    await unread.body?.cancel();
    await api.clock.advance(0);
    expectNothingLeft(api);
    const waiting = reading(await api.follow({ 'Last-Event-ID': '1' }));
    await waiting.next();
    const next = waiting.next();
    await api.clock.advance(0);
    await waiting.leave();
    expect(await next).toBeUndefined();
    await api.clock.advance(0);
    expectNothingLeft(api);
    const head = await api.follow({}, 'HEAD');
    expect([head.status, head.headers.get('Content-Type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    expectNothingLeft(api);
  });

  test('ends when the process stops, and when the job is deleted', async () => {
    const api = await fixture();
    const stream = reading(await api.follow({ 'Last-Event-ID': '1' }));
    await stream.next();
    const next = stream.next();
    await api.memoryStore.deleteUnclaimedJob(api.id);
    await api.clock.advance(250);
    expect(await next).toBeUndefined();
    expectNothingLeft(api);
    const other = await jobIn(await api.submit(), 202);
    const stopping = reading(await api.ask(`/v1/jobs/${other.id}/events`));
    await stopping.next();
    expect(eventIn(await stopping.next())).toEqual([1, 'queued']);
    const last = stopping.next();
    api.watchers.close();
    expect(await last).toBeUndefined();
    await api.clock.advance(0);
    expectNothingLeft(api);
  });
});
