import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Recording } from './recording.ts';

const PROMPT = '$ ';
const KEY_MS = 45;
const LOOK_MS = 20;
const PATIENCE_MS = 60_000;

export interface Session {
  /** Typed into a shell, key by key. */
  command: string;
  columns: number;
  rows: number;
  /** Where the shell stands. */
  folder: string;
  env: Record<string, string | undefined>;
}

/** A shell in a pseudo-terminal of its own, and all that it has written. Needs script(1) of util-linux. */
class Shell {
  readonly #clock: Clock;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly pieces: Recording['pieces'] = [];
  #ended: unknown;

  constructor(clock: Clock, { columns, rows, folder, env }: Session) {
    this.#clock = clock;
    const command = `stty columns ${columns} rows ${rows}; exec sh -i`;
    const args = ['--quiet', '--flush', '--return', '--command', command, '/dev/null'];
    this.#child = spawn('script', args, {
      cwd: folder,
      env: { ...env, PS1: PROMPT, TERM: 'xterm-256color' },
    });
    this.#child.on('error', (error) => {
      this.#ended = error;
    });
    this.#child.on('exit', (code) => {
      this.#ended ??= new Error(`the terminal ended with ${code}`);
    });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.pieces.push({ atMs: clock.monotonic(), text });
    });
  }

  get written(): string {
    return this.pieces.map(({ text }) => text).join('');
  }

  /** Resolves when the shell waits for a command, having written more than `beyond` characters. */
  async prompted(beyond = 0): Promise<void> {
    const untilMs = this.#clock.monotonic() + PATIENCE_MS;
    while (this.written.length <= beyond || !this.written.endsWith(PROMPT)) {
      const reason = this.#clock.monotonic() > untilMs ? 'it takes too long' : this.#ended;
      if (reason) throw new Error(`no prompt comes after ${this.written}`, { cause: reason });
      await this.#clock.sleep(LOOK_MS);
    }
  }

  async type(text: string): Promise<void> {
    for (const key of text) {
      this.#child.stdin.write(key);
      await this.#clock.sleep(KEY_MS);
    }
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    const exited = once(this.#child, 'exit');
    this.#child.stdin.end('exit\n');
    await exited;
  }
}

/** Types a command into a shell in a pseudo-terminal and notes what is shown when, to the prompt after it. */
export async function recordTerminal(clock: Clock, session: Session): Promise<Recording> {
  const shell = new Shell(clock, session);
  try {
    await shell.prompted();
    const promptEnd = shell.written.length;
    await shell.type(`${session.command}\n`);
    await shell.prompted(promptEnd + session.command.length);
    const beganMs = shell.pieces[0]?.atMs ?? 0;
    const pieces = shell.pieces.map(({ atMs, text }) => ({ atMs: atMs - beganMs, text }));
    return { columns: session.columns, rows: session.rows, title: session.command, pieces };
  } finally {
    await shell.close();
  }
}
