import { expect, test } from 'vitest';
import { jobPageSchema } from '../../shared/contract/job-page.ts';
import { type Api, makeApi } from '../testing/api-fixture.ts';

const BODY = { model: 'iscoolgpt', messages: [{ role: 'user', content: 'What is S3?' }], stream: true };

/** A stream under way, read bit by bit. */
async function startStream(api: Api) {
  const response = await api.ask('/v1/chat/completions', { body: BODY });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const next = async (): Promise<string> => new TextDecoder().decode((await reader.read()).value);
  expect(JSON.parse((await next()).slice('data: '.length))).toMatchObject({
    object: 'chat.completion.chunk',
    choices: [{ delta: { role: 'assistant' }, finish_reason: null }],
  });
  return { reader, next };
}

test('a stream says that it is still there while the job runs', async () => {
  const api = makeApi();
  const { reader, next } = await startStream(api);
  const waiting = next();
  await api.clock.advance(15_000);
  expect(await waiting).toBe(': still here\n\n');
  await reader.cancel();
});

test('a reader that leaves leaves nothing behind, and the job runs on', async () => {
  const api = makeApi();
  const { reader, next } = await startStream(api);
  const waiting = next();
  await api.clock.advance(0);
  expect(api.watchers.watched).toBe(1);
  await reader.cancel();
  await waiting;
  await api.clock.advance(0);
  expect(api.watchers.watched).toBe(0);
  expect(api.clock.sleeping).toBe(0);
  const { jobs } = jobPageSchema.parse(await (await api.ask('/v1/jobs')).json());
  expect(jobs).toMatchObject([{ status: 'queued' }]);
});

test('an outage after the status was sent ends the stream as an error', async () => {
  const api = makeApi();
  const { next } = await startStream(api);
  api.storeOutage.fail('getJob');
  let last = '';
  const reading = (async () => {
    for (let text = await next(); text !== ''; text = await next()) last = text;
  })();
  let over = false;
  void reading.then(() => {
    over = true;
  });
  await api.clock.until(() => over);
  expect(JSON.parse(last.slice('data: '.length))).toMatchObject({
    error: { type: 'server_error', code: 'unavailable' },
  });
});

test('the deadline ends the job before whoever stands in between gives up', async () => {
  const api = makeApi({ env: { MAX_WAIT_SECONDS: '25' } });
  const asking = api.ask('/v1/chat/completions', { body: { ...BODY, stream: false } });
  let over = false;
  void asking.then(() => {
    over = true;
  });
  await api.clock.until(() => over);
  const response = await asking;
  expect(response.status).toBe(504);
  expect(await response.json()).toMatchObject({ error: { code: 'expired', type: 'server_error' } });
  expect(api.clock.monotonic()).toBeLessThanOrEqual(25_000);
});
