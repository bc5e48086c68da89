import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Fleet, type FleetOptions } from './fleet.ts';
import { type Datapoint, decide, type Policy, policiesOf } from './policies.ts';
import { readScalingRule } from './read-rule.ts';
import { compare, tablesOf } from './report.ts';
import { drawArrivals, WORKLOADS } from './workloads.ts';

const TERRAFORM = join(import.meta.dirname, '../../terraform');
const RULE = readScalingRule(TERRAFORM, 'production');
const [OURS] = policiesOf(RULE, 0.02, 6) as [Policy];

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('the rule', () => {
  it('is what the Terraform sources say', () => {
    expect(RULE).toEqual({
      concurrency: 20,
      target: 15,
      outCooldown: 60,
      inCooldown: 300,
      burstCooldown: 60,
      steps: [
        { from: 80, percent: 300 },
        { from: 20, percent: 100 },
      ],
      tasks: { min: 2, max: 20 },
      drain: 90,
    });
  });

  it.each([
    ['0.75 * var.worker_concurrency', '0.5 * var.worker_concurrency', { target: 10 }],
    ['scale_in_cooldown  = 300', 'scale_in_cooldown  = 600', { inCooldown: 600 }],
  ])('follows %s', (before, after, expected) => {
    expect(readScalingRule(changed(before, after), 'production')).toMatchObject(expected);
  });

  it('is refused where it can no longer be read', () => {
    const folder = changed('threshold           = var.worker_concurrency', 'threshold           = 5');
    expect(() => readScalingRule(folder, 'production')).toThrow('no longer ring for a burst');
  });
});

/** A copy of the Terraform sources with one text in the scaling rule replaced. */
function changed(before: string, after: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'iscoolgpt-scaling-'));
  folders.push(folder);
  cpSync(join(TERRAFORM, 'variables-services.tf'), join(folder, 'variables-services.tf'));
  cpSync(join(TERRAFORM, 'environments'), join(folder, 'environments'), { recursive: true });
  const text = readFileSync(join(TERRAFORM, 'autoscaling.tf'), 'utf8');
  expect(text).toContain(before);
  writeFileSync(join(folder, 'autoscaling.tf'), text.replace(before, after));
  return folder;
}

const point = (jobs: number, tasks = 2): Datapoint => ({ waiting: 0, inFlight: jobs, tasks, cpu: 0 });
const minutes = (count: number, jobs: number) => Array.from({ length: count }, () => point(jobs));

describe('a decision', () => {
  const now = { at: 3600, tasks: 2, changedAt: 0 };

  it.each([
    ['doubles at one minute with every slot spoken for', minutes(1, 40), 4],
    ['makes four times as many at four times that', minutes(1, 160), 8],
    ['adds by the target after three minutes above it', minutes(3, 36), 3],
    ['does not after two', minutes(2, 36), 2],
    ['never goes below the floor', minutes(15, 0), 2],
  ])('%s', (_what, seen, tasks) => {
    expect(decide(OURS, RULE, seen, now).tasks).toBe(tasks);
  });

  it('never exceeds the most', () => {
    expect(decide(OURS, RULE, [point(4000, 10)], { ...now, tasks: 10 }).tasks).toBe(20);
  });

  it('takes away after fifteen minutes below nine tenths, and not while the last change is fresh', () => {
    const many = Array.from({ length: 15 }, () => point(100, 10));
    expect(decide(OURS, RULE, many, { ...now, tasks: 10 }).tasks).toBe(7);
    expect(decide(OURS, RULE, many, { ...now, tasks: 10, changedAt: 3400 }).tasks).toBe(10);
    expect(decide(OURS, RULE, many.slice(1), { ...now, tasks: 10 }).tasks).toBe(10);
  });
});

function fleetOf(overrides: Partial<FleetOptions>, tasks: number): Fleet {
  const options: FleetOptions = {
    concurrency: 2,
    startSeconds: 60,
    drainSeconds: 90,
    spares: 'never',
    draw: () => 0,
  };
  return new Fleet({ ...options, ...overrides }, tasks);
}

function live(fleet: Fleet, from: number, to: number): void {
  for (let at = from; at <= to; at += 1) fleet.step(at, []);
}

describe('a fleet', () => {
  const job = { at: 0, takes: 100 };

  it('runs as many as it has slots, and lets the others wait', () => {
    const fleet = fleetOf({}, 1);
    fleet.step(0, [job, job, job]);
    expect([fleet.inFlight, fleet.waiting]).toEqual([2, 1]);
    live(fleet, 1, 100);
    expect(fleet.waits).toEqual([0, 0, 100]);
  });

  it('has a new task only once it has started', () => {
    const fleet = fleetOf({}, 0);
    fleet.scaleTo(1, 0);
    fleet.step(0, [job]);
    live(fleet, 1, 60);
    expect(fleet.waits).toEqual([60]);
  });

  it('throws back what a stopped task has not ended within its drain', () => {
    const fleet = fleetOf({}, 1);
    fleet.step(0, [job]);
    fleet.scaleTo(0, 5);
    live(fleet, 5, 95);
    expect([fleet.thrownBack, fleet.waiting, fleet.wanted]).toEqual([1, 1, 0]);
  });

  it('spares a task that works: for good, or until its protection pauses', () => {
    for (const [spares, wanted] of [
      ['always', 1],
      ['with pauses', 0],
    ] as const) {
      const fleet = fleetOf({ spares, drainSeconds: 2000 }, 1);
      fleet.step(0, [{ at: 0, takes: 2000 }]);
      fleet.scaleTo(0, 600);
      expect(fleet.wanted).toBe(1);
      fleet.scaleTo(0, 930);
      expect(fleet.wanted).toBe(wanted);
    }
  });
});

it('draws the same questions for the same seed, and about as many as the rate says', () => {
  const [steady] = WORKLOADS;
  if (!steady) throw new Error('there is no workload');
  expect(drawArrivals(steady, 7)).toEqual(drawArrivals(steady, 7));
  expect(drawArrivals(steady, 7)).not.toEqual(drawArrivals(steady, 8));
  expect(drawArrivals(steady, 7).length / (4 * 3600)).toBeCloseTo(1, 1);
});

it('is documented as it comes out', () => {
  const tables = tablesOf(compare(RULE, 1));
  expect(readFileSync(join(TERRAFORM, 'scaling.md'), 'utf8')).toContain(`\n${tables}\n`);
});
