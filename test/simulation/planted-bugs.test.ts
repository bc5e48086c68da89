import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MemoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { isDone, type JobStatus } from '../../shared/contract/states.ts';
import type { JobValue, JobWrite } from '../../shared/job/job-write.ts';
import type { Attempt } from '../../shared/job/record.ts';
import { INVARIANTS, type Invariant, InvariantBroken } from './invariants.ts';
import type { PlantedBug } from './planted-bug.ts';
import { schedules } from './schedule.ts';
import { World } from './world.ts';

const SCHEDULES_MAX = 2000;

const fieldOf = (write: JobWrite, field: string): JobValue | undefined =>
  write.set.find(([path]) => path[0] === field && path.length === 1)?.[1];

const isEnd = (write: JobWrite): boolean => {
  const status = fieldOf(write, 'status');
  return status !== undefined && isDone(status as JobStatus);
};

const isOpenLine = ([path, value]: JobWrite['set'][number]): boolean =>
  path[0] === 'ledger' && (value as Attempt).outcome === undefined;

/** The store, but for what `changes` says of it. */
function changed(store: MemoryStore, changes: Partial<MemoryStore>): MemoryStore {
  return new Proxy(store, {
    get: (target, name) => {
      const member = Reflect.get(changes, name) ?? Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

const BUGS: Record<Invariant, PlantedBug> = {
  'terminal is absorbing': {
    write: (write, before) =>
      before && isDone(before.status) && isEnd(write) ? { ...write, require: [] } : write,
  },
  'the fence never falls, and every end raises it': {
    write: (write) =>
      isEnd(write) ? { ...write, set: write.set.filter(([path]) => path[0] !== 'fence') } : write,
  },
  'a status changes only as the table of states allows': {
    write: (write, before) =>
      before?.status === 'canceling' && isEnd(write)
        ? { ...write, set: [...write.set.filter(([path]) => path[0] !== 'status'), [['status'], 'failed']] }
        : write,
  },
  'only the owner decides': {
    write: (write) =>
      write.set.some(isOpenLine) && fieldOf(write, 'owner') === undefined ? { ...write, require: [] } : write,
  },
  'a provider that has answered is not called again': {
    // A reader that has forgotten the answers asks for them again, and the table lets it.
    write: (write) => ({ ...write, require: write.require.filter(({ kind }) => kind !== 'absent') }),
    store: (store) =>
      changed(store, {
        getJob: async (id) => {
          const job = await store.getJob(id);
          return job && { ...job, answers: {} };
        },
      }),
  },
  'an answer that is kept stays': {
    write: (write, before) => {
      const [provider] = Object.keys(before?.answers ?? {});
      return provider && before?.status === 'running' && !isEnd(write)
        ? { ...write, remove: [...write.remove, ['answers', provider]] }
        : write;
    },
  },
  'an end stands on answers that are kept': {
    write: (write) =>
      isEnd(write) ? { ...write, set: write.set.filter(([path]) => path[0] !== 'answers') } : write,
  },
  'calls stay within the cap': { attemptCap: 5 },
  'no call without a line in the ledger': {
    write: (write) => ({ ...write, set: write.set.filter((one) => !isOpenLine(one)) }),
  },
  'no line without a call, but of unknown outcome': {
    write: (write) => {
      if (fieldOf(write, 'owner') === undefined) return write;
      const fence = fieldOf(write, 'fence') as number;
      const line = { provider: 'gamma', purpose: 'merge', fence, started_at: 0, outcome: 'ok' };
      return { ...write, set: [...write.set, [['ledger', 'phantom'], line]] };
    },
  },
  'every accepted job ends by its deadline': {
    blindReaders: true,
    store: (store) => changed(store, { dueJobs: async () => [] }),
  },
  'a webhook that is said to be delivered was': {
    // Whoever counts a delivery says at once that it was made.
    write: (write) => ({
      ...write,
      set: write.set.flatMap((one) =>
        one[0].join('.') === 'webhook.attempts' ? [one, [['webhook', 'state'], 'delivered'] as const] : [one],
      ),
    }),
  },
  'no webhook but for an end, and each is counted before': {
    write: (write) => ({
      ...write,
      set: write.set.filter(([path]) => path.join('.') !== 'webhook.attempts'),
    }),
  },
  'nothing is left running after a stop': { leakSleepers: true },
};

it.each(INVARIANTS)('the simulation finds a bug that breaks: %s', async (invariant) => {
  const others: string[] = [];
  const live = fc.asyncProperty(schedules, async (schedule) => {
    try {
      await new World(schedule, BUGS[invariant]).run();
    } catch (error) {
      // In another schedule, the same bug may break another one first.
      if (!(error instanceof InvariantBroken) || error.invariant === invariant) throw error;
      others.push(error.invariant);
    }
  });
  const found = await fc.check(live, { numRuns: SCHEDULES_MAX, seed: 1, endOnFailure: true });
  const instead = `${found.numRuns} schedules did not find it, but: ${others.join(', ') || 'nothing'}`;
  expect(found.errorInstance, instead).toBeInstanceOf(InvariantBroken);
}, 120_000);
