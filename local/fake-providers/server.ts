import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { answerPrompt } from '../../worker/providers/simulated/answer-prompt.ts';
import { Behaviour, type BehaviourInput, Script } from './behaviour.ts';
import { CallLog } from './call-log.ts';
import { deliver } from './deliver.ts';
import { geminiError } from './fixtures/gemini-replies.ts';
import { openAiError } from './fixtures/openai-replies.ts';
import type { Reply } from './fixtures/reply.ts';
import { Scripts } from './script.ts';
import { matchEndpoint, type ProviderCall, readCall, repliesOf } from './wire.ts';

export interface FakeProviders {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** What `OPENAI_BASE_URL`, `GEMINI_BASE_URL`, … are to be set to. */
  baseUrl(provider: string): string;
  /** Replaces what a provider (the first segment of its path: `openai`, `gemini`, `hf`, …) does next. */
  script(provider: string, behaviours: readonly BehaviourInput[]): void;
  /** Calls so far, of one question or of all. */
  calls(provider: string, question?: string): number;
  /** Calls whose client hung up before the reply was complete. */
  aborted(provider: string): number;
  /** The next call that no one has awaited yet. */
  nextCall(provider: string): Promise<ProviderCall>;
  nextAbort(provider: string): Promise<ProviderCall>;
  /** Forgets scripts, counts and events, so that each test begins anew. */
  reset(): void;
  close(): Promise<void>;
}

export interface FakeProvidersOptions {
  /** Default: a free one. */
  port?: number;
}

/**
 * Plays OpenAI at `/openai/v1`, Hugging Face's router at `/hf/v1`, any compatible endpoint at `/<name>/v1` and
 * Gemini at `/gemini`, over real HTTP. `PUT /_script` scripts it from another process, or the header
 * `x-fake-behaviour` a single call; `GET /_calls` says what it has seen.
 */
export async function startFakeProviders({ port = 0 }: FakeProvidersOptions = {}): Promise<FakeProviders> {
  const log = new CallLog();
  const scripts = new Scripts();
  const server = createServer((request, response) => {
    handle(request, response, { log, scripts }).catch((error: unknown) => {
      // The client hung up, which the log has seen; anything else is a mistake to be told.
      if (response.closed) return;
      if (response.headersSent) response.destroy();
      else sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    baseUrl: (provider) => (provider === 'gemini' ? `${origin}/gemini` : `${origin}/${provider}/v1`),
    script: (provider, behaviours) => scripts.set(provider, behaviours),
    calls: (provider, question) => {
      const { total, byQuestion } = log.of(provider);
      return question === undefined ? total : (byQuestion.get(question) ?? 0);
    },
    aborted: (provider) => log.of(provider).aborted,
    nextCall: (provider) => log.of(provider).calls.next(),
    nextAbort: (provider) => log.of(provider).aborts.next(),
    reset: () => {
      log.clear();
      scripts.clear();
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The real ones refuse a call without a key; any other endpoint may be one without keys. */
const KEYED = new Set(['openai', 'hf', 'gemini']);

interface Context {
  log: CallLog;
  scripts: Scripts;
}

async function handle(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
  const endpoint = matchEndpoint(path);
  const body = await readText(request);
  if (endpoint && request.method === 'POST') {
    const isGemini = endpoint.geminiModel !== undefined;
    try {
      await answerCall(readCall(endpoint, request.headers, body), request, response, context);
    } catch (error) {
      if (response.headersSent || response.closed) throw error;
      sendJson(response, 400, invalidRequest(isGemini, error).body);
    }
  } else if (request.method === 'PUT' && path === '/_script') {
    for (const [provider, behaviours] of Object.entries(Script.parse(JSON.parse(body)))) {
      context.scripts.set(provider, behaviours);
    }
    response.writeHead(204).end();
  } else if (request.method === 'GET' && path === '/_calls') {
    sendJson(response, 200, context.log.snapshot());
  } else {
    sendJson(response, 404, {
      error: { message: `Invalid URL (${request.method} ${path})`, type: 'invalid_request_error' },
    });
  }
}

async function answerCall(
  call: ProviderCall,
  request: IncomingMessage,
  response: ServerResponse,
  { log, scripts }: Context,
): Promise<void> {
  const scripted = request.headers['x-fake-behaviour'];
  const behaviour =
    typeof scripted === 'string' ? Behaviour.parse(JSON.parse(scripted)) : scripts.next(call.provider);
  const gone = new AbortController();
  response.on('close', () => {
    if (response.writableFinished || behaviour.delivery === 'reset') return;
    log.recordAbort(call);
    gone.abort();
  });
  log.recordCall(call);
  const replies = repliesOf(call.provider);
  const isRefused = KEYED.has(call.provider) && !call.hasKey;
  const build = replies[isRefused ? 'missing_key' : behaviour.reply];
  if (build === undefined) throw new RangeError(`${call.provider} has no reply "${behaviour.reply}".`);
  const prompt = { system: call.system, user: call.question };
  const text =
    behaviour.text ??
    answerPrompt(prompt, { providerId: call.provider, misconceptionShare: 0 }) ??
    'This merging task could not be read.';
  await deliver(
    response,
    build({ model: call.model, question: call.question, text }),
    behaviour,
    gone.signal,
  );
}

function invalidRequest(isGemini: boolean, error: unknown): Reply {
  const message = error instanceof Error ? error.message : String(error);
  return isGemini
    ? geminiError(400, 'INVALID_ARGUMENT', message)
    : openAiError(400, { message, type: 'invalid_request_error' });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
