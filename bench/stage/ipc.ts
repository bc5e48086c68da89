import type { ChildProcess } from 'node:child_process';

/** One question to a child process, over the channel that Node gives it. */
interface Ask {
  ask: string;
  id: number;
  input: unknown;
}

interface Answer {
  answer: number;
  output?: unknown;
  error?: string;
}

/** What a child process can be asked; inputs and outputs are JSON. */
export type Handlers = Record<string, (input: never) => unknown>;

/** In a child: answers what the handlers know, and leaves the rest to others on the same channel. */
export function answerParent(handlers: Handlers): void {
  process.on('message', async (message: Ask) => {
    const handler = handlers[message.ask];
    if (handler === undefined) return;
    try {
      reply({ answer: message.id, output: await handler(message.input as never) });
    } catch (error) {
      reply({ answer: message.id, error: error instanceof Error ? error.message : String(error) });
    }
  });
}

/** In a child: tells the parent that it may go on. */
export function tellReady(output: unknown): void {
  reply({ answer: 0, output });
}

function reply(answer: Answer): void {
  process.send?.(answer);
}

let lastId = 0;

/** In the parent: resolves with what the child answers; `id` 0 is its readiness, which nobody asks for. */
export function awaitAnswer<T>(child: ChildProcess, id: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: Answer) => {
      if (message.answer !== id) return;
      child.off('message', onMessage);
      if (message.error === undefined) resolve(message.output as T);
      else reject(new Error(message.error));
    };
    child.on('message', onMessage);
  });
}

export function askChild<T>(child: ChildProcess, ask: string, input: unknown = null): Promise<T> {
  lastId += 1;
  const answered = awaitAnswer<T>(child, lastId);
  child.send({ ask, id: lastId, input } satisfies Ask);
  return answered;
}
