import { ApiError, errorOf, NetworkError } from './errors.ts';
import { type Pacing, type Patience, withRetries } from './retries.ts';

/** What a response may take beyond the time that it was asked to be held back. */
const RESPONSE_TIMEOUT_MS = 15_000;

export interface Call extends Partial<Patience> {
  method?: 'GET' | 'POST' | 'DELETE';
  /** Below the base address, such as `v1/jobs`. */
  path: string;
  body?: unknown;
  headers?: Record<string, string | undefined>;
  waitSeconds?: number | undefined;
}

export interface HttpOptions extends Pacing {
  baseUrl: string;
  key: string | undefined;
  fetch: typeof fetch;
  patienceMs: number;
}

/** The reason of a fetch that failed: undici hides it one level down, browsers tell none. */
function reasonOf(error: unknown): string {
  const { cause, message, name } = error as Error;
  if (name === 'TimeoutError') return 'no answer in time';
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return message;
}

/** Sends requests to one server, with its key, and turns whatever is not a success into a typed error. */
export class Http {
  readonly pacing: Pacing;
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.#options = { ...options, baseUrl: options.baseUrl.replace(/\/*$/, '/') };
    this.pacing = { clock: options.clock, random: options.random };
  }

  /**
   * One try, whose body is still to be read. 304 counts as a success.
   * @param cut ends the response, beside the caller's own signal.
   */
  open(call: Call, cut?: AbortSignal): Promise<Response> {
    return this.reading(call, async () => {
      const response = await this.#fetch(call, cut);
      if (response.ok || response.status === 304) return response;
      throw await errorOf(response, this.pacing.clock.now());
    });
  }

  /**
   * Tries as long as patience lasts, and reads the body. To be used for requests that may be repeated:
   * those that change nothing, and those that carry an Idempotency-Key.
   */
  request<T>(call: Call, read: (response: Response) => Promise<T>): Promise<T> {
    const patienceMs = call.patienceMs ?? this.#options.patienceMs;
    return withRetries(this.pacing, { ...call, patienceMs }, async () => {
      const timeout = AbortSignal.timeout(RESPONSE_TIMEOUT_MS + (call.waitSeconds ?? 0) * 1000);
      const response = await this.open(call, timeout);
      return this.reading(call, () => read(response));
    });
  }

  /** Turns a connection that fails while `doing` into a NetworkError; where the caller gave up, its own reason. */
  async reading<T>({ signal }: Call, doing: () => Promise<T>): Promise<T> {
    try {
      return await doing();
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (error instanceof ApiError || error instanceof NetworkError) throw error;
      throw new NetworkError(`${this.#options.baseUrl} cannot be reached: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }

  #fetch(call: Call, cut: AbortSignal | undefined): Promise<Response> {
    const { baseUrl, key, fetch } = this.#options;
    const signals = [call.signal, cut].filter((signal) => signal !== undefined);
    const headers = new Headers();
    for (const [name, value] of Object.entries(call.headers ?? {})) {
      if (value !== undefined) headers.set(name, value);
    }
    if (key !== undefined) headers.set('Authorization', `Bearer ${key}`);
    if (call.waitSeconds !== undefined) headers.set('Prefer', `wait=${call.waitSeconds}`);
    if (call.body !== undefined) headers.set('Content-Type', 'application/json');
    return fetch(new URL(call.path, baseUrl), {
      method: call.method ?? 'GET',
      headers,
      signal: AbortSignal.any(signals),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
  }
}
