import { expect, it } from 'vitest';
import { formatReport } from './format-report.ts';
import type { Followed } from './load.ts';
import { planJob } from './plan-jobs.ts';
import { chaosProfile } from './profile.ts';
import { type Findings, makeReport } from './report.ts';

const PROFILE = chaosProfile({ jobs: 3, minutes: 1 });
const VERDICT = { broken: [], calls: 4, lines: 5, unknown: 1, lost_on_the_way: 0, repeated: 1 };

function followed(number: number, more: Partial<Followed> = {}): Followed {
  return { job: planJob(1, number, PROFILE), id: `id-${number}`, refusals: [], ...more };
}

const FOUND: Findings = {
  seed: 42,
  profile: PROFILE,
  seconds: 60,
  followed: [followed(0), followed(1, { refusals: ['503 unavailable'] })],
  findings: [0, 1].map((number) => ({
    id: `id-${number}`,
    number,
    status: 'succeeded',
    verdict: VERDICT,
    broken: [],
  })),
  recoveries: { measured: [], unmeasured: 0 },
  faults: [{ what: 'kill_worker', from: 0, to: 1 }],
  stops: [{ name: 'worker-1', from: 0, ms: 1500, killed: false, code: 0 }],
  refusedByRate: 0,
  unasked: [],
};

const recovery = (ms: number, clean: boolean) => ({ job_id: 'id-0', worker: 'worker-1', ms, clean });

it('adds up what was seen', () => {
  const report = makeReport(FOUND);
  expect(report).toMatchObject({
    jobs: { accepted: 2, lost: 0, by_end: { succeeded: 2 }, submits_refused: { '503 unavailable': 1 } },
    calls: { seen: 8, in_ledgers: 10, outcome_unknown: 2, repeated: 2 },
    faults: { kill_worker: 1 },
    missed: [],
  });
  expect(formatReport(report)).toContain('Every bar was met.');
});

it('misses its bars where a job was lost or a promise broken, and says where to look', () => {
  const lost = followed(2, { lost: 'still running' });
  const finding = {
    id: 'id-2',
    number: 2,
    status: 'running',
    verdict: VERDICT,
    broken: ['lost: still running'],
  };
  const report = makeReport({
    ...FOUND,
    followed: [...FOUND.followed, lost],
    findings: [...FOUND.findings, finding],
  });
  expect(report.jobs.lost).toBe(1);
  expect(report.missed).toEqual(['job 2 (id-2): lost: still running']);
  expect(formatReport(report)).toMatch(
    /MISSED, with seed 42:\n- job 2 \(id-2\): lost: still running\nLook at/,
  );
});

it('misses its bar where a job had nobody for longer than the visibility and 5 s, and nothing else was wrong', () => {
  const measured = [recovery(10_001, true), recovery(60_000, false), recovery(4000, true)];
  const report = makeReport({ ...FOUND, recoveries: { measured, unmeasured: 0 } });
  expect(report.missed).toEqual(['job id-0 of worker-1 had nobody for 10001 ms, over 10000']);
  expect(report.recovery_ms).toMatchObject({
    clean: { n: 2, max: 10_001 },
    disturbed: { n: 1, max: 60_000 },
  });
});
