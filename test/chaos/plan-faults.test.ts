import { expect, it } from 'vitest';
import { allFaults, fewFaults, mildFaults, planFaults } from './plan-faults.ts';

const PLAN = {
  makers: allFaults(5, { table: 'dynalite', canFillDisk: true }),
  count: 60,
  jobs: 10_000,
  workers: 3,
};

it('plants the same faults for the same seed, and others for another', () => {
  expect(planFaults(7, PLAN)).toEqual(planFaults(7, PLAN));
  expect(planFaults(8, PLAN)).not.toEqual(planFaults(7, PLAN));
});

it('plants every kind, in order, while there are jobs', () => {
  const planned = planFaults(1, PLAN);
  const kinds = new Set(planned.map(({ fault }) => fault.kind));
  expect([...kinds].sort()).toEqual([
    'fill_disk',
    'freeze_worker',
    'kill_api',
    'kill_worker',
    'link',
    'restart_sqs',
    'restart_table',
    'stop_worker',
  ]);
  const times = planned.map(({ after_jobs }) => after_jobs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.at(-1)).toBeLessThan(9000);
});

it('reaches every worker, and no other', () => {
  const workers = planFaults(1, PLAN).flatMap(({ fault }) => ('worker' in fault ? [fault.worker] : []));
  expect([...new Set(workers)].sort()).toEqual([0, 1, 2]);
});

it('freezes a worker and breaks its heartbeats for longer than its lease', () => {
  const faults = planFaults(1, { ...PLAN, count: 25 }).map(({ fault }) => fault);
  const pastLease = faults
    .filter((fault) => 'for_ms' in fault && fault.for_ms > 5000)
    .map(({ kind }) => kind);
  expect(pastLease).toEqual(['freeze_worker', 'link', 'link']);
});

it('leaves the disk alone where it cannot be filled', () => {
  const faults = planFaults(1, { ...PLAN, makers: allFaults(5, { table: 'dynalite', canFillDisk: false }) });
  expect(faults.filter(({ fault }) => fault.kind === 'fill_disk')).toEqual([]);
});

it('spares the API and the first worker in a soak', () => {
  const faults = planFaults(1, { ...PLAN, makers: mildFaults(2), workers: 2 }).map(({ fault }) => fault);
  const kinds = new Set(faults.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['link', 'stop_worker']);
  expect(faults.filter((fault) => fault.kind === 'stop_worker' && fault.worker !== 1)).toEqual([]);
});

it('crashes a worker last where few faults are wanted: nothing else then tells on its recovery', () => {
  const makers = fewFaults();
  const faults = planFaults(1, { makers, count: makers.length, jobs: 150, workers: 2 });
  expect(faults.at(-1)?.fault.kind).toBe('kill_worker');
});
