/** What happens to one request on its way; `pass` sends it on. */
export type Fault = (pass: () => Promise<Response>) => Promise<Response>;

export interface Sent {
  method: string;
  path: string;
  headers: Headers;
}

/** A connection to the API with faults on it, in the order in which they were put there. */
export class Wire {
  readonly sent: Sent[] = [];
  readonly #send: typeof fetch;
  readonly #faults: { on: string; fault: Fault }[] = [];

  constructor(send: typeof fetch) {
    this.#send = send;
  }

  /** The next request whose path ends with `on` meets this fault. */
  fail(on: string, ...faults: Fault[]): void {
    this.#faults.push(...faults.map((fault) => ({ on, fault })));
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    this.sent.push({ method: request.method, path: pathname, headers: request.headers });
    const index = this.#faults.findIndex(({ on }) => pathname.endsWith(on));
    const [met] = index < 0 ? [] : this.#faults.splice(index, 1);
    const pass = () => this.#send(input, init);
    return met ? met.fault(pass) : pass();
  };
}

/** As undici says it where nobody listens. */
export const refused: Fault = async () => {
  throw new TypeError('fetch failed', {
    cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  });
};

/** The request arrives; its response does not. */
export const responseLost: Fault = async (pass) => {
  await (await pass()).body?.cancel();
  throw new TypeError('fetch failed', {
    cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
  });
};

export function answered(status: number, headers: Record<string, string> = {}, body = ''): Fault {
  return async () => new Response(body, { status, headers });
}

/** Opens, and never says a word, as behind a proxy that gathers a response until it is whole. */
export const mute: Fault = async () =>
  new Response(new ReadableStream(), { headers: { 'Content-Type': 'text/event-stream' } });

/** Breaks off after so many events. */
export function cutAfter(events: number): Fault {
  return async (pass) => {
    const response = await pass();
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let left = events;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (left === 0) {
          await reader?.cancel();
          controller.error(new TypeError('terminated'));
          return;
        }
        const { value } = (await reader?.read()) ?? {};
        if (decoder.decode(value).includes('data:')) left -= 1;
        controller.enqueue(value ?? new Uint8Array());
      },
    });
    return new Response(body, response);
  };
}
