import type { JobView } from '../../shared/contract/job.ts';

/** The API as a client of the tests sees it, by HTTP. */
export class ApiClient {
  readonly address: string;

  constructor(address: string) {
    this.address = address;
  }

  async submit(body: Record<string, unknown>, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.address}/v1/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  /** Submits and reads the job; throws with the response's text where it was not accepted. */
  async ask(body: Record<string, unknown>, headers: Record<string, string> = {}): Promise<JobView> {
    const response = await this.submit(body, headers);
    const text = await response.text();
    if (!response.ok) throw new Error(`POST /v1/jobs: ${response.status} ${text}`);
    return JSON.parse(text) as JobView;
  }

  async job(id: string): Promise<JobView> {
    const response = await fetch(`${this.address}/v1/jobs/${id}`);
    if (!response.ok) throw new Error(`GET job ${id}: ${response.status} ${await response.text()}`);
    return (await response.json()) as JobView;
  }

  /** Follows a job's events until one fits; throws, with the last one, where the stream ends before. */
  async until(id: string, fits: (job: JobView) => boolean): Promise<JobView> {
    const abort = new AbortController();
    let last: JobView | undefined;
    try {
      for await (const job of this.#events(id, abort.signal)) {
        last = job;
        if (fits(job)) return job;
      }
    } finally {
      abort.abort();
    }
    throw new Error(
      `the events of job ${id} ended before what was awaited; the last: ${JSON.stringify(last)}`,
    );
  }

  end(id: string): Promise<JobView> {
    return this.until(id, ({ done }) => done);
  }

  async *#events(id: string, signal: AbortSignal): AsyncGenerator<JobView> {
    const response = await fetch(`${this.address}/v1/jobs/${id}/events`, { signal });
    if (!response.ok || !response.body) throw new Error(`GET events of ${id}: ${response.status}`);
    let buffer = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      buffer += chunk;
      const events = buffer.split('\n\n');
      buffer = events.pop() ?? '';
      for (const event of events) {
        const data = event
          .split('\n')
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5))
          .join('\n');
        if (data) yield (JSON.parse(data) as { job: JobView }).job;
      }
    }
  }
}
