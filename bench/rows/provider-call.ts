import OpenAI from 'openai';
import { Pool } from 'undici';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { createProviders } from '../../worker/providers/create-providers.ts';
import { openProviderPool } from '../../worker/providers/provider-pool.ts';
import { callProvider } from '../peers/call-provider.ts';
import { compare, type Row } from '../report/row.ts';
import { question } from '../stage/measured-questions.ts';
import { providerUrls, type Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';
import { type Contender, interleave } from './interleave.ts';

const CALLS = 800;
const AT_ONCE = 100;
const LATENCY_MS = 50;
const MODEL = 'bench';
const SYSTEM = 'You are a tutor of cloud computing. Answer precisely and briefly.';

interface Caller extends AsyncDisposable {
  name: string;
  /** Resolves with the text of the answer. */
  call(asked: string): Promise<string>;
}

const messagesOf = (asked: string) => [
  { role: 'system' as const, content: SYSTEM },
  { role: 'user' as const, content: asked },
];

function openOurs(baseUrl: string): Caller {
  const pool = openProviderPool({ connections: AT_ONCE });
  const settings = { kind: 'openai', id: 'provider-0', model: MODEL, baseUrl, apiKey: 'bench' } as const;
  const [provider] = createProviders([settings], { clock: systemClock, fetch: pool.fetch });
  const { signal } = new AbortController();
  return {
    name: 'ours',
    call: async (user) => {
      const completion = await provider?.complete({ system: SYSTEM, user, maxOutputTokens: 2048 }, signal);
      return completion && 'text' in completion ? completion.text : '';
    },
    [Symbol.asyncDispose]: pool.close,
  };
}

function openSdk(baseURL: string): Caller {
  const client = new OpenAI({ apiKey: 'bench', baseURL, maxRetries: 0 });
  return {
    name: 'the OpenAI SDK as it comes',
    call: async (asked) => {
      const { choices } = await client.chat.completions.create({ model: MODEL, messages: messagesOf(asked) });
      return choices[0]?.message.content ?? '';
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

function openFetch(baseUrl: string): Caller {
  return {
    name: 'global fetch',
    call: (asked) => callProvider(baseUrl, asked),
    [Symbol.asyncDispose]: async () => {},
  };
}

function openUndici(baseUrl: string): Caller {
  const { origin, pathname } = new URL(baseUrl);
  const pool = new Pool(origin, { connections: AT_ONCE });
  const headers = { 'content-type': 'application/json', authorization: 'Bearer bench' };
  return {
    name: "undici's request",
    call: async (asked) => {
      const body = JSON.stringify({ model: MODEL, messages: messagesOf(asked) });
      const path = `${pathname}/chat/completions`;
      const reply = await pool.request({ method: 'POST', path, headers, body });
      const { choices } = (await reply.body.json()) as { choices: { message: { content: string } }[] };
      return choices[0]?.message.content ?? '';
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}

/** CPU milliseconds of this process for each of so many calls, a hundred at a time. */
async function measure({ name, call }: Caller, calls: number): Promise<number> {
  let left = calls;
  const caller = async () => {
    while (left-- > 0) {
      if ((await call(question(left, LATENCY_MS))) === '') throw new Error(`${name} had no answer`);
    }
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, calls) }, caller));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / calls;
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  const [baseUrl = ''] = providerUrls(stage.provider, 1);
  await using ours = openOurs(baseUrl);
  await using sdk = openSdk(baseUrl);
  await using fetched = openFetch(baseUrl);
  await using undici = openUndici(baseUrl);
  const callers = [ours, sdk, fetched, undici];
  const calls = options.scale(CALLS);
  const contenders = callers.map(
    (caller): Contender<number> => ({
      name: caller.name,
      run: () => measure(caller, calls),
      describe: (cpuMs) => `${cpuMs.toFixed(3)} ms a call`,
    }),
  );
  const [mine = [], ...theirs] = await interleave(contenders, options, stage.watchLimits());
  const row = { benchmark: providerCall.name, unit: 'ms' };
  return theirs.map((values, index) =>
    compare({ ...row, what: 'CPU a provider call' }, mine, callers[index + 1]?.name ?? '', values),
  );
}

export const providerCall: Benchmark = {
  name: 'provider-call',
  about: 'CPU of one call to a provider, against the SDK as it comes, global fetch and undici',
  run,
};
