import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeProviders, startFakeProviders } from './server.ts';

let server: FakeProviders;
beforeAll(async () => {
  server = await startFakeProviders();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

async function chat(provider: string, question: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.baseUrl(provider)}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer key', ...headers },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: question }] }),
  });
  return { status: response.status, body: await response.json() };
}

function putScript(script: unknown) {
  return fetch(`${server.origin}/_script`, { method: 'PUT', body: JSON.stringify(script) });
}

describe('the fake server', () => {
  it('answers the question without a script, and says in a harmless place what it is', async () => {
    const { status, body } = await chat('openai', 'What is a VPC endpoint?');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: 'chat.completion',
      choices: [{ message: { content: expect.stringContaining('PrivateLink') }, finish_reason: 'stop' }],
      system_fingerprint: 'fp_local_fake_server',
    });
    expect(JSON.stringify(body)).not.toContain('[simulated]');
  });

  it.each([
    ['openai', 401, { error: { type: 'invalid_request_error', code: null } }],
    ['hf', 401, { error: 'Invalid username or password.' }],
  ])('refuses a call to %s without a key, as the real one does', async (provider, status, body) => {
    expect(await chat(provider, 'Hello', { authorization: '' })).toMatchObject({ status, body });
  });

  it("refuses a call to Gemini without a key, and one that isn't valid", async () => {
    const url = `${server.baseUrl('gemini')}/v1beta/models/gemini-2.5-flash:generateContent`;
    const body = JSON.stringify({ contents: [{ parts: [{ text: 'Hello' }] }] });
    expect((await fetch(url, { method: 'POST', body })).status).toBe(403);
    const invalid = await fetch(url, { method: 'POST', body: '{"contents":[]}' });
    expect(await invalid.json()).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } });
  });

  it('plays a script from another process in order, then is well again', async () => {
    const script = { openai: [{ reply: 'rate_limited', times: 2 }, { text: 'Done.' }] };
    expect((await putScript(script)).status).toBe(204);
    const statuses: number[] = [];
    for (let call = 0; call < 2; call++) statuses.push((await chat('openai', 'Q')).status);
    expect(statuses).toEqual([429, 429]);
    expect((await chat('openai', 'Q')).body).toMatchObject({ choices: [{ message: { content: 'Done.' } }] });
    expect((await chat('openai', 'Q')).status).toBe(200);
  });

  it('plays a behaviour for ever where asked to, and for one call by header', async () => {
    server.script('groq', [{ reply: 'overloaded', times: 'always' }]);
    expect((await chat('groq', 'Q')).status).toBe(503);
    expect((await chat('groq', 'Q', { 'x-fake-behaviour': '{"reply":"model_not_found"}' })).status).toBe(404);
    expect((await chat('groq', 'Q')).status).toBe(503);
  });

  it.each([
    [
      { openai: [{ reply: 'no_such_reply' }] },
      /openai has no reply \\?"no_such_reply\\?"; it has .*rate_limited/,
    ],
    [{ openai: [{ replay: 'ok' }] }, /replay/],
  ])('rejects the script %j and says why', async (script, reason) => {
    const response = await putScript(script);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(reason);
    expect((await chat('openai', 'Q')).status).toBe(200);
  });

  it('counts calls by question, and lets them be awaited before or after they come', async () => {
    const early = server.nextCall('openai');
    await chat('openai', 'One');
    await chat('openai', 'Two');
    await chat('openai', 'Two');
    expect(await early).toMatchObject({ question: 'One', model: 'm' });
    expect(await server.nextCall('openai')).toMatchObject({ question: 'Two' });
    expect([server.calls('openai'), server.calls('openai', 'Two'), server.calls('hf')]).toEqual([3, 2, 0]);
    const counts = await (await fetch(`${server.origin}/_calls`)).json();
    expect(counts).toEqual({
      openai: { total: 3, aborted: 0, by_question: { One: 1, Two: 2 } },
      hf: expect.anything(),
    });
  });

  it('sees a client that hangs up, and only that, as aborted', async () => {
    server.script('openai', [{ delivery: 'reset' }, { delivery: 'hang' }]);
    await expect(chat('openai', 'Q')).rejects.toThrow();
    const controller = new AbortController();
    const hanging = fetch(`${server.baseUrl('openai')}/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer key' },
      body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Hang' }] }),
      signal: controller.signal,
    });
    while ((await server.nextCall('openai')).question !== 'Hang');
    controller.abort();
    await expect(hanging).rejects.toThrow('aborted');
    expect(await server.nextAbort('openai')).toMatchObject({ question: 'Hang' });
    expect(server.aborted('openai')).toBe(1);
  });

  it('answers any other path as the APIs do', async () => {
    const response = await fetch(`${server.origin}/openai/v1/models`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  });
});
