import { describe, expect, it } from 'vitest';
import { isSuspect, Suspects } from './suspects.ts';

const CAP = 5;
const job = (id: string, claims: number) => ({ id, claims });

it('suspects jobs near the cap, and none for one death alone', () => {
  expect([0, 1, 2, 3, 4].filter((claims) => isSuspect({ claims }, CAP))).toEqual([3, 4]);
  expect([0, 1, 2].filter((claims) => isSuspect({ claims }, 3))).toEqual([2]);
});

describe('what may run', () => {
  it('is anything that is not suspect, whatever else runs', () => {
    const suspects = new Suspects(CAP);
    expect(suspects.tryEnter(job('last', 4))).toBe(true);
    expect([0, 1, 2].map((claims) => suspects.tryEnter(job(`${claims}`, claims)))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('is four suspects that have a claim left', () => {
    const suspects = new Suspects(CAP);
    expect(['a', 'b', 'c', 'd', 'e'].map((id) => suspects.tryEnter(job(id, 3)))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
    suspects.leave('b');
    expect(suspects.tryEnter(job('e', 3))).toBe(true);
  });

  it('is one suspect with its last claim, and no other beside it', () => {
    const suspects = new Suspects(CAP);
    expect(suspects.tryEnter(job('a', 3))).toBe(true);
    expect(suspects.tryEnter(job('last', 4))).toBe(false);
    suspects.leave('a');
    expect(suspects.tryEnter(job('last', 4))).toBe(true);
    expect(suspects.tryEnter(job('a', 3))).toBe(false);
    expect(suspects.tryEnter(job('other', 4))).toBe(false);
  });

  it('is the same job once more, as when its claim was refused', () => {
    const suspects = new Suspects(CAP);
    expect([suspects.tryEnter(job('last', 4)), suspects.tryEnter(job('last', 4))]).toEqual([true, true]);
  });
});
