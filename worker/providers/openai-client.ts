import OpenAI, { type ClientOptions } from 'openai';

type BuildRequest = OpenAI['buildRequest'];
type RequestOptions = Parameters<BuildRequest>[0];
type BuiltRequest = Awaited<ReturnType<BuildRequest>>;
type FetchWithTimeout = OpenAI['fetchWithTimeout'];

export interface ChatClientOptions extends ClientOptions {
  fetch: typeof globalThis.fetch;
}

/**
 * The SDK's client for chat completions alone. Address and headers, the same for each of them, are built once, by the
 * SDK. A request goes out under its caller's signal alone: the SDK's own timeout covers headers only, and its timers
 * and signals cost more than all the rest that it does.
 */
export class ChatClient extends OpenAI {
  readonly #options: ChatClientOptions;
  readonly #send: typeof globalThis.fetch;
  #template: Promise<BuiltRequest> | undefined;

  constructor(options: ChatClientOptions) {
    super(options);
    this.#options = options;
    this.#send = options.fetch;
  }

  override async buildRequest({ body, signal }: RequestOptions): Promise<BuiltRequest> {
    this.#template ??= buildTemplate(this.#options);
    const { req, url, timeout } = await this.#template;
    return {
      req: { ...req, body: JSON.stringify(body), ...(signal && { signal }) },
      url,
      timeout,
    };
  }

  override fetchWithTimeout(...[url, init]: Parameters<FetchWithTimeout>): ReturnType<FetchWithTimeout> {
    return this.#send(url, init);
  }
}

/** By a client of the SDK's own class, whose name it sends as the user agent. */
async function buildTemplate(options: ChatClientOptions): Promise<BuiltRequest> {
  const sdk = new OpenAI(options);
  const { req, url, timeout } = await sdk.buildRequest({
    method: 'post',
    path: '/chat/completions',
    body: {},
  });
  return { req: { ...req, method: 'POST' }, url, timeout };
}
