import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import type { JobWrite, WriteResult } from '../../shared/job/job-write.ts';
import { type Store, StoreUnavailableError } from '../../shared/ports/store.ts';
import { sendWrite } from './send-write.ts';

const WRITE: JobWrite = { id: 'x', require: [], set: [], remove: [], revise: true };
const REFUSED: WriteResult = { applied: false, job: undefined };

function setUp(fails: number, error: Error = new StoreUnavailableError('testing', 'down')) {
  const clock = new VirtualClock();
  const halt = new AbortController();
  const state = { tries: 0 };
  const store: Pick<Store, 'writeJob'> = {
    writeJob: async () => {
      state.tries += 1;
      if (state.tries <= fails) throw error;
      return REFUSED;
    },
  };
  const seen = { deadlineAt: clock.now() + 10_000 };
  return { clock, halt, state, sent: () => sendWrite(WRITE, seen, { store, clock, halt: halt.signal }) };
}

describe('sendWrite', () => {
  it('asks again until the store answers', async () => {
    const { clock, state, sent } = setUp(5);
    const result = sent();
    await clock.advance(20_000);
    expect(await result).toBe(REFUSED);
    expect(state.tries).toBe(6);
    expect(clock.sleeping).toBe(0);
  });

  it('gives up a minute after the deadline, with what the store said', async () => {
    const { clock, sent } = setUp(Number.POSITIVE_INFINITY);
    const result = expect(sent()).rejects.toThrow('down');
    await clock.advance(70_001);
    await result;
    expect(clock.sleeping).toBe(0);
  });

  it('gives up at once when the worker halts', async () => {
    const { clock, halt, sent } = setUp(Number.POSITIVE_INFINITY);
    const result = expect(sent()).rejects.toThrow('down');
    await clock.advance(1000);
    halt.abort();
    await result;
    expect(clock.sleeping).toBe(0);
  });

  it('does not repeat what was wrong in itself', async () => {
    const { state, sent } = setUp(1, new Error('not valid'));
    await expect(sent()).rejects.toThrow('not valid');
    expect(state.tries).toBe(1);
  });
});
