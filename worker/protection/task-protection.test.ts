import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { createLog } from '../../shared/log.ts';
import { ProtectionRefusedError } from './ecs-agent.ts';
import { TaskProtection } from './task-protection.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let clock: VirtualClock;
let told: { at: number; protectedNow: boolean }[];
let logged: Record<string, unknown>[];
/** What the next calls come to. */
let answer: (protectedNow: boolean) => Promise<void>;
let protection: TaskProtection;

beforeEach(() => {
  clock = new VirtualClock();
  told = [];
  logged = [];
  answer = () => Promise.resolve();
  protection = new TaskProtection({
    clock,
    log: createLog('worker', 'info', { write: (line) => void logged.push(JSON.parse(line)) }),
    setProtection: (protectedNow) => {
      told.push({ at: clock.monotonic() / SECOND, protectedNow });
      return answer(protectedNow);
    },
  });
});

/** Everything that was told since the last look, as `on@seconds`. */
function news(): string[] {
  return told.splice(0).map(({ at, protectedNow }) => `${protectedNow ? 'on' : 'off'}@${at}`);
}

describe('a task that works', () => {
  it('is protected from its first job until a while after its last', async () => {
    const first = protection.begin();
    const second = protection.begin();
    await clock.advance(20 * SECOND);
    first();
    await clock.advance(20 * SECOND);
    expect(news()).toEqual(['on@0']);
    second();
    await clock.advance(MINUTE);
    expect(news()).toEqual(['off@50']);
    expect(clock.sleeping).toBe(0);
  });

  it('does not flap between two jobs', async () => {
    for (let job = 0; job < 5; job += 1) {
      const done = protection.begin();
      await clock.advance(4 * SECOND);
      done();
      await clock.advance(9 * SECOND);
    }
    expect(news()).toEqual(['on@0']);
    await clock.advance(MINUTE);
    expect(news()).toEqual(['off@66']);
  });

  it('is renewed long before five minutes are over', async () => {
    const done = protection.begin();
    await clock.advance(9 * MINUTE);
    expect(news()).toEqual(['on@0', 'on@150', 'on@300', 'on@450']);
    done();
    await clock.advance(MINUTE);
    expect(news()).toEqual(['off@550']);
  });

  it('lets a deployment through once in a quarter of an hour, however busy it is', async () => {
    const done = protection.begin();
    await clock.advance(33 * MINUTE);
    expect(news().filter((one) => one.startsWith('off'))).toEqual(['off@900', 'off@1860']);
    expect(told).toEqual([]);
    done();
    await protection.stop();
  });

  it('asks for one thing after the other, however slow the agent is', async () => {
    const slow = Promise.withResolvers<void>();
    answer = (protectedNow) => (protectedNow ? Promise.resolve() : slow.promise);
    protection.begin()();
    await clock.advance(20 * SECOND);
    protection.begin();
    await clock.advance(5 * SECOND);
    expect(news()).toEqual(['on@0', 'off@10']);
    slow.resolve();
    await clock.advance(SECOND);
    expect(news()).toEqual(['on@25']);
    await protection.stop();
  });

  it('comes under protection again for the next job', async () => {
    for (let job = 0; job < 2; job += 1) {
      const done = protection.begin();
      await clock.advance(SECOND);
      done();
      await clock.advance(29 * SECOND);
    }
    expect(news()).toEqual(['on@0', 'off@11', 'on@30', 'off@41']);
  });
});

describe('a stop', () => {
  it('ends the protection, and leaves nothing asleep', async () => {
    protection.begin();
    await clock.advance(5 * SECOND);
    await protection.stop();
    expect(news()).toEqual(['on@0', 'off@5']);
    expect(clock.sleeping).toBe(0);
  });

  it('says nothing where there was nothing to protect', async () => {
    await protection.stop();
    expect(news()).toEqual([]);
  });

  it('is the last word, after a call that was still under way', async () => {
    const slow = Promise.withResolvers<void>();
    answer = (protectedNow) => (protectedNow ? slow.promise : Promise.resolve());
    protection.begin();
    await clock.advance(0);
    const stopped = protection.stop();
    await clock.advance(SECOND);
    slow.resolve();
    await stopped;
    expect(news()).toEqual(['on@0', 'off@1']);
  });
});

describe('a refusal', () => {
  beforeEach(() => {
    answer = () => Promise.reject(new ProtectionRefusedError(200, 'DEPLOYMENT_BLOCKED', 'too many'));
  });

  it('is logged once, and tried again later', async () => {
    const done = protection.begin();
    await clock.advance(6 * MINUTE);
    expect(news()).toEqual(['on@0', 'on@150', 'on@300']);
    expect(logged).toMatchObject([
      { level: 'warn', msg: 'task protection not set', reason: 'DEPLOYMENT_BLOCKED', wanted: true },
    ]);
    done();
    await protection.stop();
  });

  it('is logged anew after a success', async () => {
    const done = protection.begin();
    await clock.advance(SECOND);
    answer = () => Promise.resolve();
    await clock.advance(3 * MINUTE);
    answer = () => Promise.reject(new Error('connect ECONNREFUSED'));
    await clock.advance(3 * MINUTE);
    expect(logged.map(({ reason }) => reason)).toEqual(['DEPLOYMENT_BLOCKED', 'UNREACHABLE']);
    done();
    await protection.stop();
  });
});
