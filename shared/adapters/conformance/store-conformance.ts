import { afterAll, beforeAll, describe } from 'vitest';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { VirtualClock } from '../memory/virtual-clock.ts';
import type { StoreBench } from './store-bench.ts';
import { equivalenceCases } from './store-equivalence.ts';
import { jobCases } from './store-jobs.ts';
import { listCases } from './store-lists.ts';
import { rowCases } from './store-rows.ts';
import { writeCases } from './store-writes.ts';

/** Makes a store on the clock given; `close` closes it and all that was started for it. */
export type MakeStore = (clock: Clock) => Promise<{ store: Store; close(): Promise<void> }>;

/** What every store must do, whatever it is made of. */
export function describeStore(name: string, makeStore: MakeStore): void {
  describe(`the store contract on ${name}`, () => {
    const bench = {} as StoreBench;
    let close: (() => Promise<void>) | undefined;

    beforeAll(async () => {
      // A table that lasts may really delete what has expired: virtual time begins now.
      bench.clock = new VirtualClock(Date.now());
      const made = await makeStore(bench.clock);
      bench.store = made.store;
      close = made.close;
    });
    afterAll(() => close?.());

    describe('jobs', () => jobCases(bench));
    describe('conditional writes', () => writeCases(bench));
    describe('any write', () => equivalenceCases(bench));
    describe('lists', () => listCases(bench));
    describe('presences, quotas and cached answers', () => rowCases(bench));
  });
}
