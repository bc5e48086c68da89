import { expect, it } from 'vitest';
import type { SeenCall } from './chaos-provider.ts';
import { planJob, planReply } from './plan-jobs.ts';
import { chaosProfile } from './profile.ts';
import { numberOf, questionOf } from './questions.ts';

const PROFILE = chaosProfile({ jobs: 2000, minutes: 4 });
const CALL: SeenCall = { job: 7, provider: 'openai', purpose: 'answer', worker: 'worker-1', at: 0 };

const planAll = (seed: number) =>
  Array.from({ length: PROFILE.jobs }, (_, number) => planJob(seed, number, PROFILE));

it('plans the same jobs for the same seed, of every mode and strategy', () => {
  expect(planAll(1)).toEqual(planAll(1));
  expect(planAll(2)).not.toEqual(planAll(1));
  expect(new Set(planAll(1).map(({ mode, strategy }) => `${mode} ${strategy}`)).size).toBe(6);
});

it('plans one job in 2,500 that kills its workers, with the time that all its claims take', () => {
  const poison = planAll(1).filter((job) => job.poison);
  expect(poison.map(({ number, deadline_seconds }) => [number, deadline_seconds])).toEqual([[800, 600]]);
});

it('lets a tenth of the calls fail, whoever makes them and when', () => {
  const replies = Array.from({ length: 2000 }, (_, job) => planReply(1, { ...CALL, job }, 1, PROFILE));
  const failed = replies.filter(({ reply, delivery }) => reply !== undefined || delivery !== undefined);
  expect(failed.length / replies.length).toBeCloseTo(0.1, 1);
  expect(planReply(1, { ...CALL, worker: 'worker-2', at: 5 }, 1, PROFILE)).toEqual(
    planReply(1, CALL, 1, PROFILE),
  );
});

it("finds a job's number in whatever quotes its question", () => {
  expect(numberOf(`<<<QUESTION>>>\n${questionOf(123)}\n<<<END>>>`)).toBe(123);
  expect(() => numberOf('What is S3?')).toThrow('names no job of the plan');
});
