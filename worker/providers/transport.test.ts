import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AdapterBench, neverAborted, openAdapterBench, PROMPT } from './adapter-bench.ts';

// What every adapter must do with connections and signals, through its real SDK.
describe.each(['openai', 'gemini', 'hf'] as const)('%s', (name) => {
  let bench: AdapterBench;
  beforeAll(async () => {
    bench = await openAdapterBench();
  });
  beforeEach(() => bench.reset());
  afterAll(() => bench.close());

  it('makes no call for a signal that is already aborted', async () => {
    const before = bench.server.calls(name);
    const completion = await bench.provider(name).complete(PROMPT, AbortSignal.abort());
    expect(completion).toMatchObject({ outcome: 'aborted', retryable: false, possiblyBilled: false });
    expect(bench.server.calls(name)).toBe(before);
  });

  it('ends the request when aborted before the headers', async () => {
    bench.server.script(name, [{ delivery: 'hang' }]);
    const controller = new AbortController();
    const call = bench.provider(name).complete(PROMPT, controller.signal);
    await bench.server.nextCall(name);
    controller.abort();
    expect(await call).toMatchObject({ outcome: 'aborted', retryable: false, possiblyBilled: true });
    expect(await bench.server.nextAbort(name)).toMatchObject({ question: PROMPT.user });
  });

  it.each([
    'ok',
    'overloaded',
    'bad_gateway',
  ])('ends the request when aborted in the body of %s', async (reply) => {
    bench.server.script(name, [{ reply, delivery: 'slow_body' }]);
    const controller = new AbortController();
    const call = bench.provider(name).complete(PROMPT, controller.signal);
    await bench.headersArrived();
    controller.abort();
    expect(await call).toMatchObject({ outcome: 'aborted', possiblyBilled: true });
    expect(await bench.server.nextAbort(name)).toMatchObject({ question: PROMPT.user });
  });

  it('calls it a timeout when the signal says so', async () => {
    bench.server.script(name, [{ delivery: 'slow_body' }]);
    const completion = await bench.provider(name).complete(PROMPT, AbortSignal.timeout(150));
    expect(completion).toMatchObject({ outcome: 'timeout', retryable: true, possiblyBilled: true });
    await bench.server.nextAbort(name);
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    await bench.provider(name).complete(PROMPT, signal);
    bench.server.script(name, [{ reply: 'overloaded' }]);
    await bench.provider(name).complete(PROMPT, signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('waits for a body that comes slowly', async () => {
    bench.server.script(name, [{ delivery: 'trickle', pace_ms: 1, text: 'Slowly.' }]);
    const completion = await bench.provider(name).complete(PROMPT, neverAborted());
    expect(completion).toMatchObject({ outcome: 'ok', text: 'Slowly.' });
  });

  it('takes a JSON body that stops halfway for a bad response', async () => {
    bench.server.script(name, [{ delivery: 'truncated' }]);
    const completion = await bench.provider(name).complete(PROMPT, neverAborted());
    expect(completion).toMatchObject({ outcome: 'bad_response', retryable: true, possiblyBilled: true });
  });

  it('takes a connection that breaks for a network failure, and calls once', async () => {
    bench.server.script(name, [{ delivery: 'reset' }]);
    const before = bench.server.calls(name);
    const completion = await bench.provider(name).complete(PROMPT, neverAborted());
    expect(completion).toMatchObject({ outcome: 'network', retryable: true, possiblyBilled: true });
    expect(bench.server.calls(name) - before).toBe(1);
  });

  it('takes a refused connection for a network failure', async () => {
    const other = await openAdapterBench();
    const baseUrl = other.server.baseUrl(name);
    await other.close();
    const completion = await bench.provider(name, { baseUrl }).complete(PROMPT, neverAborted());
    expect(completion).toMatchObject({ outcome: 'network', retryable: true });
  });

  it('takes a body beyond all measure for a bad response', async () => {
    bench.server.script(name, [{ text: 'a'.repeat(5 * 1024 * 1024) }]);
    const completion = await bench.provider(name).complete(PROMPT, neverAborted());
    expect(completion).toMatchObject({ outcome: 'bad_response' });
  });
});
