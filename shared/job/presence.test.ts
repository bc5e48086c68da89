import { describe, expect, it } from 'vitest';
import { someJob } from '../adapters/conformance/fixtures.ts';
import { VirtualClock } from '../adapters/memory/virtual-clock.ts';
import { checkClaim, type Presence } from './presence.ts';

const NOW = Date.UTC(2026, 10, 22);
const VISIBILITY_MS = 45_000;
const MAY = { mayClaim: true };
const JOB = { ...someJob(new VirtualClock(NOW)), owner: 'w', claimed_at: NOW - 10_000 };

function presence(seenAt: number, jobs: string[]): Presence {
  const slots = { total: 1, busy: 1 };
  return { id: 'w', started_at: 0, seen_at: seenAt, expires_at: 0, jobs, slots, providers: [] };
}

const check = (job: typeof JOB, owner: Presence | undefined) => checkClaim(job, owner, NOW, VISIBILITY_MS);

describe('checkClaim', () => {
  it('gives a job that nobody owns', () => {
    const { owner: _, ...free } = JOB;
    expect(checkClaim(free, presence(NOW, []), NOW, VISIBILITY_MS)).toEqual(MAY);
  });

  it('gives a job whose owner has left no presence', () => {
    expect(check(JOB, undefined)).toEqual(MAY);
  });

  it.each([
    ['has just been seen', 0, VISIBILITY_MS],
    ['was last seen a little while ago', 44_000, 1000],
    ['was last seen a moment short of the visibility ago', VISIBILITY_MS - 1, 1],
  ])('refuses a job whose owner lists it and %s, for what is left', (_when, agoMs, retryAfterMs) => {
    const owner = presence(NOW - agoMs, [JOB.id]);
    expect(check(JOB, owner)).toEqual({ mayClaim: false, retryAfterMs });
  });

  it('gives a job whose owner has not been seen for a visibility', () => {
    expect(check(JOB, presence(NOW - VISIBILITY_MS, [JOB.id]))).toEqual(MAY);
  });

  it('gives a job that its owner, seen since the claim, does not list', () => {
    expect(check(JOB, presence(NOW - 9999, ['another']))).toEqual(MAY);
  });

  it('refuses a job that its owner does not list in a presence from before the claim', () => {
    const owner = presence(NOW - 10_000, ['another']);
    expect(check(JOB, owner)).toEqual({ mayClaim: false, retryAfterMs: 35_000 });
  });

  it('never sends away for longer than the visibility, though the owner’s clock is ahead', () => {
    const owner = presence(NOW + 3_600_000, [JOB.id]);
    expect(check(JOB, owner)).toEqual({ mayClaim: false, retryAfterMs: VISIBILITY_MS });
  });
});
