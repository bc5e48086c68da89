import { expect, it } from 'vitest';
import { withWholeRows } from './whole-rows.ts';

it('puts the row of each statement that was done beside its response', async () => {
  const Statements = ['JOB#1', 'JOB#2'].map((pk) => ({
    Statement: 'UPDATE "jobs" SET "a" = ? WHERE "pk" = ?',
    Parameters: [{ N: '1' }, { S: pk }],
  }));
  const refused = { Error: { Code: 'ConditionalCheckFailed' } };
  const reply = { Responses: [{ Item: { revision: { N: '1' } } }, refused] };
  const row = { pk: { S: 'JOB#1' }, text: { S: 'long' } };
  const asked: object[] = [];
  const whole = await withWholeRows({ Statements }, reply, async (operation, input) => {
    asked.push({ operation, input });
    return { Responses: { jobs: [row] } };
  });
  expect(whole).toEqual({ Responses: [{ Item: row }, refused] });
  const Keys = [{ pk: { S: 'JOB#1' } }, { pk: { S: 'JOB#2' } }];
  expect(asked).toEqual([
    { operation: 'BatchGetItem', input: { RequestItems: { jobs: { Keys, ConsistentRead: true } } } },
  ]);
});
