import { expect, it } from 'vitest';
import { updateStatement } from '../../../shared/adapters/dynamo/job-statement.ts';
import { expressJobWrite } from '../../../shared/adapters/dynamo/job-write-expression.ts';
import { answerWrite } from '../../../shared/job/answers.ts';
import { answersOfBatch, answersOfUpdate } from './written-answers.ts';

const cost = { usd: null, priced: false };
const ANSWER = {
  attempt: 'openai:1',
  outcome: 'ok',
  text: 'An answer.',
  language: null,
  finish: 'stop',
  latency_ms: 1,
  usage: null,
  cost,
  at: 1,
} as const;
const LINE = { provider: 'openai', purpose: 'answer', fence: 1, started_at: 0, outcome: 'ok' } as const;

const request = (pk: string, update: object) => JSON.stringify({ Key: { pk: { S: pk } }, ...update });

it("finds the provider in the table's own words for a write of its answer", () => {
  const update = expressJobWrite(answerWrite('j', ANSWER, LINE), 0);
  expect(answersOfUpdate(request('JOB#j', update))).toEqual([{ job_id: 'j', provider: 'openai' }]);
});

it('finds nothing in any other write', () => {
  const postpone = expressJobWrite(
    {
      id: 'j',
      require: [],
      set: [[['ledger', 'openai:1'], LINE]],
      remove: [['waits', 'openai']],
      revise: true,
    },
    0,
  );
  expect(answersOfUpdate(request('JOB#j', postpone))).toEqual([]);
  expect(answersOfUpdate(request('QUOTA#c#d', {}))).toEqual([]);
});

it('finds the providers of those statements of a batch that were done', () => {
  const statementOf = (id: string, provider: string) =>
    updateStatement('jobs', answerWrite(id, ANSWER, { ...LINE, provider }), 0);
  const Statements = [statementOf('j', 'openai'), statementOf('k', 'gemini'), statementOf('l', 'openai')];
  const Responses = [{ TableName: 'jobs' }, { Error: { Code: 'ConditionalCheckFailed' } }, {}];
  expect(answersOfBatch(JSON.stringify({ Statements }), JSON.stringify({ Responses }))).toEqual([
    { job_id: 'j', provider: 'openai' },
    { job_id: 'l', provider: 'openai' },
  ]);
});
