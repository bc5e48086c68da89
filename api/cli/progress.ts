import type { Connection, JobView } from '../client.ts';
import type { Context } from './context.ts';
import { describeProvider, providerLines, spinner } from './provider-line.ts';

const REDRAW_MS = 100;

/** Shows a job on its way to its end. */
export interface Progress {
  show(job: JobView): void;
  connection(connection: Connection): void;
  /** Leaves the end of the job standing there, if it was shown, and lets go of the terminal. */
  end(): Promise<void>;
}

type Showing = Omit<Context, 'client'>;

const SILENT: Progress = { show: () => {}, connection: () => {}, end: async () => {} };

/** One line for each change, for a pipe or a log. */
class PlainProgress implements Progress {
  readonly #context: Showing;
  readonly #said = new Map<string, string>();

  constructor(context: Showing) {
    this.#context = context;
  }

  show(job: JobView): void {
    const { words, clock } = this.#context;
    for (const provider of job.providers) {
      if (provider.state === 'pending') continue;
      const took = provider.latency_ms === null ? '' : ` (${words.format.duration(provider.latency_ms)})`;
      this.#say(provider.id, `${describeProvider(provider, this.#context, clock.now())}${took}`);
    }
    if (!job.done) this.#say('', headOf(job, words));
  }

  connection(connection: Connection): void {
    if (connection === 'lost') this.#context.terminal.err(`${this.#context.words.own.lost}\n`);
  }

  async end(): Promise<void> {}

  #say(about: string, text: string): void {
    if (this.#said.get(about) === text) return;
    this.#said.set(about, text);
    this.#context.terminal.err(`${about === '' ? '' : `${about}: `}${text}\n`);
  }
}

function headOf({ status, phase }: JobView, { say }: Context['words']): string {
  return phase === 'aggregating' ? say.job.merging : say.job.status[status];
}

/** A block of lines that is drawn again in its place, with what time has done to it. */
class LiveProgress implements Progress {
  readonly #context: Showing;
  readonly #ended = new AbortController();
  readonly #ticking: Promise<void>;
  #job: JobView | undefined;
  #lost = false;
  #drawn = 0;

  constructor(context: Showing) {
    this.#context = context;
    this.#ticking = this.#tick();
  }

  show(job: JobView): void {
    this.#job = job;
    this.#draw();
  }

  connection(connection: Connection): void {
    this.#lost = connection === 'lost';
    this.#draw();
  }

  async end(): Promise<void> {
    this.#ended.abort();
    await this.#ticking;
    const { err } = this.#context.terminal;
    // What was interrupted is no state to leave standing there.
    if (this.#job?.done) err('\n');
    else err(this.#erasing());
  }

  async #tick(): Promise<void> {
    const { clock } = this.#context;
    const { signal } = this.#ended;
    while (!signal.aborted) {
      // Only the end of the progress interrupts this sleep.
      await clock.sleep(REDRAW_MS, signal).catch(() => {});
      if (!signal.aborted) this.#draw();
    }
  }

  #draw(): void {
    if (!this.#job) return;
    const lines = [...providerLines(this.#job, this.#context, this.#context.clock.now()), ...this.#foot()];
    this.#context.terminal.err(`${this.#erasing()}${lines.join('\n')}\n`);
    this.#drawn = lines.length;
  }

  #erasing(): string {
    return this.#drawn > 0 ? `\u001b[${this.#drawn}A\r\u001b[J` : '';
  }

  #foot(): string[] {
    const { words, paint, clock } = this.#context;
    if (!this.#job || this.#job.done) return [];
    const nowMs = clock.now();
    const took = words.format.duration(nowMs - Date.parse(this.#job.created_at));
    const head = this.#lost ? words.own.lost : headOf(this.#job, words);
    return [`  ${paint('cyan', spinner(nowMs))} ${head} ${paint('dim', took)}`];
  }
}

export function startProgress(context: Showing): Progress {
  if (context.json) return SILENT;
  return context.terminal.errIsTerminal ? new LiveProgress(context) : new PlainProgress(context);
}
