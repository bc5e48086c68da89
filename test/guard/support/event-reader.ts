export interface SeenEvent {
  revision: number;
  done: boolean;
  /** Of the whole event, as it was sent. */
  bytes: number;
}

/** Follows the events of one job. */
export class EventReader {
  readonly #leaving: AbortController;
  readonly #events: AsyncGenerator<SeenEvent>;

  private constructor(leaving: AbortController, events: AsyncGenerator<SeenEvent>) {
    this.#leaving = leaving;
    this.#events = events;
  }

  static async open(url: string, key: string, headers: Record<string, string> = {}): Promise<EventReader> {
    const leaving = new AbortController();
    const response = await fetch(url, {
      headers: { Authorization: `Bearer ${key}`, ...headers },
      signal: leaving.signal,
    });
    if (!response.ok || !response.body)
      throw new Error(`GET ${url}: ${response.status} ${await response.text()}`);
    return new EventReader(leaving, readEvents(response.body));
  }

  /** The next event that fits; throws where the stream ends before. */
  async until(fits: (event: SeenEvent) => boolean): Promise<SeenEvent> {
    for (;;) {
      const { done, value } = await this.#events.next();
      if (done) throw new Error('the stream ended before the event that was awaited');
      if (fits(value)) return value;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#leaving.abort();
    await this.#events.next().catch(() => {});
  }
}

async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<SeenEvent> {
  let buffer = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    buffer += chunk;
    const parts = buffer.split('\n\n');
    buffer = parts.pop() ?? '';
    for (const part of parts) {
      const [, id, data] = /^event: job\nid: (\d+)\ndata: (.*)$/.exec(part) ?? [];
      if (data === undefined) continue;
      const { job } = JSON.parse(data) as { job: { done: boolean } };
      yield { revision: Number(id), done: job.done, bytes: part.length };
    }
  }
}
