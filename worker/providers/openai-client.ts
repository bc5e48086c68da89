import OpenAI, { type ClientOptions } from 'openai';

export interface ChatClientOptions extends ClientOptions {
  fetch: typeof globalThis.fetch;
}

type ChatRequest = OpenAI.ChatCompletionCreateParamsNonStreaming;

/** What is the same for every request. */
interface Template {
  url: URL;
  headers: [string, string][];
}

/**
 * The SDK's client for chat completions that are read by whoever asks. Address and headers are built by the SDK, once,
 * and its errors tell what a status means. A request is one attempt under its caller's signal alone: what the SDK
 * prepares for retries, timeouts, streams and logs would be more than a third of what a call costs.
 */
export class ChatClient extends OpenAI {
  readonly #options: ChatClientOptions;
  #template: Template | undefined;
  #preparing: Promise<Template> | undefined;

  constructor(options: ChatClientOptions) {
    super(options);
    this.#options = options;
  }

  /**
   * Rejects, with the SDK's error, where the status is no success. No async function: one that waits keeps all that it
   * has in hand, and the request has gone out long before.
   */
  complete(request: ChatRequest, signal: AbortSignal): Promise<Response> {
    const sent = this.#template
      ? this.#send(this.#template, request, signal)
      : this.#prepare().then((template) => this.#send(template, request, signal));
    return sent.then(this.#succeeded);
  }

  async #prepare(): Promise<Template> {
    this.#preparing ??= buildTemplate(this.#options);
    this.#template = await this.#preparing;
    return this.#template;
  }

  #succeeded = (response: Response): Response | Promise<never> =>
    response.ok ? response : this.#refuse(response);

  #send({ url, headers }: Template, request: ChatRequest, signal: AbortSignal): Promise<Response> {
    const { fetch } = this.#options;
    return fetch(url, { method: 'POST', headers, body: JSON.stringify(request), signal });
  }

  /** Of a body that breaks off the error has the message, as in the SDK. */
  async #refuse(response: Response): Promise<never> {
    const text = await response.text().catch((error: Error) => error.message);
    const body = parseJson(text);
    throw this.makeStatusError(response.status, body as object, body ? undefined : text, response.headers);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** By a client of the SDK's own class, whose name it sends as the user agent. */
async function buildTemplate(options: ChatClientOptions): Promise<Template> {
  const request = { method: 'post', path: '/chat/completions', body: {} } as const;
  const { req, url } = await new OpenAI(options).buildRequest(request);
  return { url: new URL(url), headers: [...req.headers] };
}
