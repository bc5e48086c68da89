import type { JobWrite, WriteResult } from '../../shared/job/job-write.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { type Store, StoreUnavailableError } from '../../shared/ports/store.ts';
import { withDeadline } from './deadline-signal.ts';
import type { Seen } from './job-writer.ts';

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2000;
/** An answer that was paid for is worth asking for this long after its job's deadline. */
const KEEP_TRYING_MS = 60_000;

/**
 * Writes; where the store cannot be reached, asks again, ever more slowly, until a minute after the job's deadline
 * or `halt`. Rejects as the store did last.
 */
export async function sendWrite(
  write: JobWrite,
  { deadlineAt, known }: Seen,
  deps: { store: Pick<Store, 'writeJob'>; clock: Clock; halt: AbortSignal },
): Promise<WriteResult> {
  try {
    return await deps.store.writeJob(write, known);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    const until = deadlineAt + KEEP_TRYING_MS;
    return withDeadline(until, deps.halt, deps.clock, (signal) =>
      sendAgain(write, known, deps, signal, error),
    );
  }
}

async function sendAgain(
  write: JobWrite,
  known: JobRecord | undefined,
  { store, clock }: { store: Pick<Store, 'writeJob'>; clock: Clock },
  signal: AbortSignal,
  first: StoreUnavailableError,
): Promise<WriteResult> {
  let last: unknown = first;
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(LONGEST_DELAY_MS, delayMs * 2)) {
    await clock.sleep(delayMs, signal).catch(() => {
      throw last;
    });
    try {
      return await store.writeJob(write, known);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      last = error;
    }
  }
}
