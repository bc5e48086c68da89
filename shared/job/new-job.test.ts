import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someJob } from '../adapters/conformance/fixtures.ts';
import { VirtualClock } from '../adapters/memory/virtual-clock.ts';
import { createdAtId, hashOf, JOB_ID, jobIdOfKey, shardOf } from './ids.ts';
import { defaultQuorum, nextDueAt } from './new-job.ts';

describe('defaultQuorum', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 2],
    [5, 3],
    [8, 4],
  ])('of a panel of %i is %i', (panelSize, quorum) => {
    expect(defaultQuorum(panelSize)).toBe(quorum);
  });
});

describe('nextDueAt', () => {
  it.each([
    [0, 0, 30_000],
    [0, 1, 60_000],
    [0, 3, 122_000],
    [121_000, 0, 122_000],
    [125_000, 0, 125_000],
  ])('at %i ms, after %i resends, is %i ms, and the end at the latest', (now, resends, dueAt) => {
    expect(nextDueAt({ deadline_at: 120_000, resends }, now)).toBe(dueAt);
  });
});

describe('ids', () => {
  it('follow from client and key alone, and never run together', () => {
    expect(jobIdOfKey('a', 'b')).toMatch(JOB_ID);
    expect(jobIdOfKey('a', 'b')).toBe(jobIdOfKey('a', 'b'));
    expect(jobIdOfKey('ab', 'c')).not.toBe(jobIdOfKey('a', 'bc'));
    expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc'));
    expect(hashOf('é')).not.toBe(hashOf('e'));
  });

  it('spread over every shard, and no other', () => {
    const clock = new VirtualClock();
    const shards = Array.from({ length: 400 }, () => shardOf(someJob(clock).id));
    expect([...new Set(shards)].sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  });

  it('sort by the time of creation', () => {
    const time = fc.integer({ min: 0, max: Date.UTC(9999, 0, 1) });
    fc.assert(
      fc.property(time, time, (one, other) => {
        fc.pre(one !== other);
        const ordered = createdAtId(one, 'f') < createdAtId(other, '0');
        expect(ordered).toBe(one < other);
      }),
    );
  });
});
