import OpenAI, { type ClientOptions } from 'openai';
import { APIPromise } from 'openai/core/api-promise';

type PostOptions = Parameters<OpenAI['post']>[1];
type Sent = Awaited<ConstructorParameters<typeof APIPromise>[1]>;

export interface ChatClientOptions extends ClientOptions {
  fetch: typeof globalThis.fetch;
}

/** What the SDK wants to know where it parses or logs a reply itself. */
const UNUSED = {
  controller: new AbortController(),
  requestLogID: '',
  retryOfRequestLogID: undefined,
  startTime: 0,
};

/** What is the same for every request to one path. */
interface Template {
  url: URL;
  headers: [string, string][];
}

/**
 * The SDK's client for replies that are read by `asResponse()`. Address and headers are built by the SDK, once for
 * each path, and its errors tell what a status means. A request is one attempt under its caller's signal alone: what
 * the SDK prepares for retries, timeouts, streams and logs would be more than a third of what a call costs.
 */
export class ChatClient extends OpenAI {
  readonly #options: ChatClientOptions;
  readonly #templates = new Map<string, Promise<Template>>();

  constructor(options: ChatClientOptions) {
    super(options);
    this.#options = options;
  }

  override post<Reply>(path: string, options?: PostOptions): APIPromise<Reply> {
    return new APIPromise<Reply>(this, this.#send(path, options));
  }

  async #send(path: string, given: PostOptions): Promise<Sent> {
    const { body, signal = null } = (await given) ?? {};
    const { url, headers } = await this.#templateOf(path);
    const { fetch } = this.#options;
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
    if (!response.ok) throw await this.#errorOf(response);
    return { ...UNUSED, response, options: { method: 'post', path } };
  }

  #templateOf(path: string): Promise<Template> {
    let template = this.#templates.get(path);
    if (!template) {
      template = buildTemplate(this.#options, path);
      this.#templates.set(path, template);
    }
    return template;
  }

  /** Of a body that breaks off it has the error's message, as in the SDK. */
  async #errorOf(response: Response): Promise<Error> {
    const text = await response.text().catch((error: Error) => error.message);
    const body = parseJson(text);
    return this.makeStatusError(response.status, body as object, body ? undefined : text, response.headers);
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
async function buildTemplate(options: ChatClientOptions, path: string): Promise<Template> {
  const { req, url } = await new OpenAI(options).buildRequest({ method: 'post', path, body: {} });
  return { url: new URL(url), headers: [...req.headers] };
}
