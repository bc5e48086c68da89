import { expect, it } from 'vitest';
import { absent, equals, oneOf, present } from '../../job/job-write.ts';
import { someJob } from '../conformance/fixtures.ts';
import { VirtualClock } from '../memory/virtual-clock.ts';
import { insertStatement, updateStatement } from './job-statement.ts';

it('puts a write into one statement, its parameters in the order of their places', () => {
  const write = {
    id: 'a1',
    require: [
      equals(['fence'], 3),
      oneOf(['status'], ['queued', 'running']),
      present('ledger', 'open-ai_1:1'),
      absent('answers', 'p'),
    ],
    set: [
      [['phase'], 'aggregating'],
      [['answers', 'p'], { text: 'Olá 🚀', usage: null, cost: undefined }],
    ],
    remove: [['waits', 'p'], ['owner']],
    revise: true,
  } as const;
  const { Statement, Parameters } = updateStatement('jobs', write, 1000.5);
  expect(Statement).toBe(
    'UPDATE "jobs" SET "phase" = ? SET "answers"."p" = ? SET "revision" = "revision" + 1' +
      ' REMOVE "waits"."p" REMOVE "owner"' +
      ' WHERE "pk" = ? AND "deleted" IS MISSING AND "expires_at" > ?' +
      ' AND "fence" = ? AND "status" IN [?, ?] AND "ledger"."open-ai_1:1" IS NOT MISSING' +
      ' AND "answers"."p" IS MISSING RETURNING ALL NEW *',
  );
  expect(Parameters).toEqual([
    { S: 'aggregating' },
    { M: { text: { S: 'Olá 🚀' }, usage: { NULL: true } } },
    { S: 'JOB#a1' },
    { N: '1000.5' },
    { N: '3' },
    { S: 'queued' },
    { S: 'running' },
  ]);
});

it('lets no name end before its quote', () => {
  const name = 'a" = 1 RETURNING ALL OLD * --';
  const write = {
    id: 'x',
    require: [],
    set: [[['metadata', name], 'v']],
    remove: [],
    revise: false,
  } as const;
  expect(updateStatement('t"', write, 0).Statement).toBe(
    'UPDATE "t""" SET "metadata"."a"" = 1 RETURNING ALL OLD * --" = ?' +
      ' WHERE "pk" = ? AND "deleted" IS MISSING AND "expires_at" > ? RETURNING ALL NEW *',
  );
});

it('puts a job with all its fields, and none that is undefined', () => {
  const job = { ...someJob(new VirtualClock()), webhook: undefined };
  const { Statement, Parameters } = insertStatement('jobs', job as never);
  const fields = Object.entries(job).filter(([, value]) => value !== undefined);
  expect(Statement).toBe(`INSERT INTO "jobs" VALUE {${fields.map(([name]) => `'${name}': ?`).join(', ')}}`);
  expect(Parameters).toHaveLength(fields.length);
});
