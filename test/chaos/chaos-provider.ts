import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { LOOPBACK } from '../../local/emulators/emulator.ts';
import { Behaviour, type BehaviourInput } from '../../local/fake-providers/behaviour.ts';
import { deliver } from '../../local/fake-providers/deliver.ts';
import { matchEndpoint, type ProviderCall, readCall, repliesOf } from '../../local/fake-providers/wire.ts';
import { answerPrompt } from '../../worker/providers/simulated/answer-prompt.ts';
import { numberOf } from './questions.ts';

export const PROVIDER_IDS = ['openai', 'gemini', 'huggingface'] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];

/** One call as a provider saw it arrive. */
export interface SeenCall {
  /** Of the job, in the plan. */
  job: number;
  provider: ProviderId;
  purpose: 'answer' | 'merge';
  /** The name of the worker whose call it is. */
  worker: string;
  /** Epoch milliseconds. */
  at: number;
}

export interface ChaosProvider {
  port: number;
  close(): Promise<void>;
}

export interface ChaosProviderOptions {
  worker: string;
  /** Told of each call as it arrives; says how it is answered. */
  answer: (call: SeenCall) => BehaviourInput;
}

const ID_OF_PATH: Record<string, ProviderId> = { openai: 'openai', gemini: 'gemini', hf: 'huggingface' };

/** The three providers as one worker reaches them: what each says to a call is decided call by call. */
export async function startChaosProvider(options: ChaosProviderOptions): Promise<ChaosProvider> {
  const server = createServer((request, response) => {
    handle(request, response, options).catch((error: unknown) => {
      // The caller hung up, or was killed; anything else is a mistake of the world itself.
      if (!response.closed) response.destroy(error as Error);
    });
  });
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { worker, answer }: ChaosProviderOptions,
): Promise<void> {
  const endpoint = matchEndpoint(request.url ?? '');
  const body = await readText(request);
  const provider = endpoint && ID_OF_PATH[endpoint.provider];
  if (!provider) throw new Error(`no provider is at ${request.url}`);
  const call = readCall(endpoint, request.headers, body);
  const purpose = /merge/i.test(call.system) ? 'merge' : 'answer';
  const seen: SeenCall = { job: numberOf(call.question), provider, purpose, worker, at: Date.now() };
  const behaviour = Behaviour.parse(answer(seen));
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  await deliver(response, replyTo(call, behaviour), behaviour, gone.signal);
}

function replyTo(call: ProviderCall, { reply }: Behaviour) {
  const build = repliesOf(call.provider)[reply];
  if (!build) throw new RangeError(`${call.provider} has no reply "${reply}"`);
  const prompt = { system: call.system, user: call.question };
  const text = answerPrompt(prompt, { providerId: call.provider, misconceptionShare: 0 });
  return build({
    model: call.model,
    question: call.question,
    text: text ?? 'The merging task was not readable.',
  });
}
