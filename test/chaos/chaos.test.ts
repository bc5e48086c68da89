import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formatReport } from './format-report.ts';
import { liveThrough } from './live-through.ts';
import { fewFaults, planFaults } from './plan-faults.ts';
import { shortProfile } from './profile.ts';

const SEED = 1;

it('no job is lost, no answer paid for twice and no call missing in the ledger, whatever goes wrong', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'iscoolgpt-chaos-'));
  const profile = shortProfile();
  const makers = fewFaults();
  const { jobs, workers } = profile;
  const faults = planFaults(SEED, { makers, count: makers.length, jobs, workers });
  try {
    const report = await liveThrough({ seed: SEED, profile, faults, dataDir });
    const said = formatReport(report);
    expect(report.missed, said).toEqual([]);
    expect(report.jobs, said).toMatchObject({ accepted: jobs, lost: 0, poison_unplanned: 0 });
    expect(report.jobs.by_end['failed: poison'], said).toBe(profile.poisonJobs.length);
    expect(report.jobs.by_end.succeeded, said).toBeGreaterThan(jobs * 0.8);
    // Had nothing gone wrong, all this would say nothing.
    expect(report.calls.outcome_unknown, said).toBeGreaterThan(0);
    expect(report.calls.repeated, said).toBeGreaterThan(0);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}, 180_000);
