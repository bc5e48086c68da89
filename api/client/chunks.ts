import type { Clock } from '../../shared/ports/clock.ts';
import { settlesWithin } from '../settles-within.ts';
import { NetworkError } from './errors.ts';

/** A stream was opened, or should have been, and not a word of it arrived: something in between keeps it back. */
export class MuteStreamError extends NetworkError {}

export interface Listening {
  clock: Clock;
  /** How long the stream may take until it says anything. */
  firstMs: number;
  /** How long it may be silent after that. */
  laterMs: number;
  onFirst: () => void;
  /** Makes what a read rejects with into an error of the client. */
  guard: <T>(doing: () => Promise<T>) => Promise<T>;
}

/** A body's text as it arrives; rejects where it is silent for too long. Lets go of the body in every case. */
export async function* chunksOf(
  body: ReadableStream<Uint8Array>,
  { clock, firstMs, laterMs, onFirst, guard }: Listening,
): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let spoke = false;
  try {
    for (;;) {
      const reading = reader.read();
      const silenceMs = spoke ? laterMs : firstMs;
      if (!(await guard(() => settlesWithin(clock, reading, silenceMs)))) {
        throw new (spoke ? NetworkError : MuteStreamError)(`the stream is silent for ${silenceMs / 1000} s`);
      }
      const { done, value } = await reading;
      if (done && !spoke) throw new MuteStreamError('the stream ended without a word');
      if (done) return;
      if (!spoke) onFirst();
      spoke = true;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    // What is left of a body that has failed already is of no interest.
    await reader.cancel().catch(() => {});
  }
}
