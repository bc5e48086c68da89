import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { parseJobMessage } from '../../shared/contract/message.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Terminal } from '../cli/terminal.ts';
import { type CliSurroundings, runCli } from '../cli.ts';
import { type RunningServer, startServer } from '../server.ts';
import { ALICE, makeApi } from './api-fixture.ts';
import { fakeTerminal } from './fake-terminal.ts';

/** How a job fails that nobody answered. */
export const NO_ANSWER = { code: 'no_usable_answer' as const, message: 'None answered.', retryable: true };

export interface Running {
  exit: Promise<number>;
  written: { out: string; err: string };
  interrupt: () => void;
}

/** The command line in front of a real server, with a terminal that keeps what is written. */
export class CliBench {
  readonly api = makeApi<Clock>({ clock: systemClock });
  #server: RunningServer | undefined;

  async start(): Promise<void> {
    this.#server = await startServer(this.api, '127.0.0.1', 0);
  }

  async close(): Promise<void> {
    await this.#server?.close(100);
  }

  /** The id of the next job that was sent to the workers. */
  async nextJob(): Promise<string> {
    const [message] = await this.api.memoryQueue.receive(1, 5, 60);
    const parsed = parseJobMessage(message?.body ?? '');
    if (!parsed.ok) throw new Error(`no job was sent: ${parsed.reason}`);
    return parsed.message.jobId;
  }

  run(args: string[], options: Partial<CliSurroundings> & { is?: Partial<Terminal> } = {}): Running {
    const { is, ...around } = options;
    const { terminal, written } = fakeTerminal(is);
    const interrupted = new AbortController();
    const exit = runCli(args, {
      terminal,
      clock: systemClock,
      server: `http://${this.#server?.host}:${this.#server?.port}`,
      key: ALICE,
      locale: 'C',
      interrupted: interrupted.signal,
      readFile: async (path) => {
        throw new Error(`no such file: ${path}`);
      },
      readStdin: async () => '',
      openServer: async () => {
        throw new Error('a server was named');
      },
      ...around,
    });
    return { exit, written, interrupt: () => interrupted.abort(new Error('Ctrl-C')) };
  }
}
