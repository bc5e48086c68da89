import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUSY_JOBS } from '../job/rounds.ts';
import { LoopPace, MAX_PAUSE_MS, MIN_PAUSE_MS, PAUSE_SHARE } from './loop-pace.ts';

interface Reply {
  at: number;
  callMs: number;
}

/** A reply, and when the event loop had a look at it. */
interface Seen extends Reply {
  seenAt: number;
}

/** An event loop with one timer and a socket: what comes while its thread is blocked is seen afterwards. */
class Loop {
  #now = 0;
  #timer: { at: number; fire: () => void } | undefined;
  readonly looksAt: number[] = [];
  readonly pace: LoopPace;

  constructor(jobs: () => number) {
    this.pace = new LoopPace({
      clock: {
        monotonic: () => this.#now,
        after: (ms, fire) => {
          if (this.#timer) throw new Error('it has a timer already');
          this.#timer = { at: this.#now + ms, fire };
          return () => {};
        },
      },
      jobs,
      block: (ms) => {
        if (!(ms > 0)) throw new Error(`blocked for ${ms} ms`);
        this.#now += ms;
        this.looksAt.push(this.#now);
      },
    });
  }

  get isIdle(): boolean {
    return this.#timer === undefined;
  }

  /** Runs its timer as often as it is due by `at`; says when it can look at something that comes then. */
  reach(at: number): number {
    while (this.#timer && this.#timer.at <= at) {
      const { at: due, fire } = this.#timer;
      this.#timer = undefined;
      this.#now = Math.max(this.#now, due);
      fire();
    }
    this.#now = Math.max(this.#now, at);
    return this.#now;
  }

  /** Each takes `workMs` to handle. */
  see(replies: readonly Reply[], workMs = 0): Seen[] {
    return replies.map(({ at, callMs }) => {
      const seenAt = this.reach(at);
      this.pace.learn(callMs);
      this.#now += workMs;
      return { at, callMs, seenAt };
    });
  }
}

/** In the order in which they come. */
const repliesOf = (callMs: fc.Arbitrary<number>): fc.Arbitrary<Reply[]> =>
  fc
    .array(fc.record({ at: fc.integer({ min: 0, max: 60_000 }), callMs }), { minLength: 1, maxLength: 80 })
    .map((replies) => replies.sort((a, b) => a.at - b.at));

const busy = () => BUSY_JOBS;

test('where few jobs are under way, everything is seen at once', () => {
  fc.assert(
    fc.property(repliesOf(fc.integer({ min: 0, max: 5_000 })), (replies) => {
      const loop = new Loop(() => BUSY_JOBS - 1);
      for (const { at, seenAt } of loop.see(replies)) expect(seenAt).toBe(at);
      expect(loop.isIdle).toBe(true);
    }),
  );
});

test('so it is where answers come so quickly that a pause would not be worth it', () => {
  fc.assert(
    fc.property(repliesOf(fc.integer({ min: 0, max: MIN_PAUSE_MS / PAUSE_SHARE - 1 })), (replies) => {
      const loop = new Loop(busy);
      for (const { at, seenAt } of loop.see(replies)) expect(seenAt).toBe(at);
      expect(loop.isIdle).toBe(true);
    }),
  );
});

test('nothing waits longer than a twentieth of the shortest call of the last ten seconds, nor than 50 ms', () => {
  fc.assert(
    fc.property(repliesOf(fc.integer({ min: 20, max: 5_000 })), (replies) => {
      const seen = new Loop(busy).see(replies);
      for (const [index, { at, seenAt }] of seen.entries()) {
        const recent = seen
          .slice(0, index)
          .filter((other) => other.seenAt < at && other.seenAt > at - 10_000);
        const shortest = Math.min(...recent.map(({ callMs }) => callMs));
        expect(seenAt - at).toBeLessThanOrEqual(Math.min(MAX_PAUSE_MS, PAUSE_SHARE * shortest) + 1e-6);
      }
    }),
  );
});

test('what is at work meanwhile makes a pause shorter', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 8, noNaN: true }), (workMs) => {
      const loop = new Loop(busy);
      const replies = Array.from({ length: 100 }, (_, index) => ({ at: 10 * index, callMs: 1_000 }));
      loop.see(replies, workMs);
      const between = loop.looksAt.slice(1).map((at, index) => at - (loop.looksAt[index] as number));
      for (const ms of between) expect(ms).toBeCloseTo(MAX_PAUSE_MS, 6);
    }),
  );
});

test('replies that come one by one are seen together', () => {
  const replies = Array.from({ length: 1_000 }, (_, index) => ({ at: index, callMs: 1_000 }));
  const looks = new Set(new Loop(busy).see(replies).map(({ seenAt }) => seenAt));
  // The first pause begins when the first reply has been seen; in each look, for a millisecond, nothing waits.
  expect(looks.size).toBeLessThanOrEqual(2 * (1_000 / MAX_PAUSE_MS + 1));
});

test('it slows down again when quick calls are long past, and ends when jobs are few', () => {
  let jobs = BUSY_JOBS;
  const loop = new Loop(() => jobs);
  loop.see([{ at: 0, callMs: 100 }]);
  const slow = Array.from({ length: 30_000 }, (_, index) => ({ at: 1 + index, callMs: 2_000 }));
  const seen = loop.see(slow);
  const longestWait = (from: number, to: number) =>
    Math.max(...seen.slice(from, to).map(({ at, seenAt }) => seenAt - at));
  expect(longestWait(0, 9_000)).toBeLessThanOrEqual(100 * PAUSE_SHARE);
  expect(longestWait(21_000, 30_000)).toBeGreaterThan(MAX_PAUSE_MS / 2);
  jobs = BUSY_JOBS - 1;
  loop.reach(31_000);
  expect(loop.isIdle).toBe(true);
});
