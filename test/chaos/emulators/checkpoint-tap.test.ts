import { expect, it } from 'vitest';
import { expressJobWrite } from '../../../shared/adapters/dynamo/job-write-expression.ts';
import { answerWrite } from '../../../shared/job/answers.ts';
import { answersIn } from './checkpoint-tap.ts';

const cost = { usd: null, priced: false };
const ANSWER = {
  provider: 'openai',
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
  expect(answersIn(request('JOB#j', update))).toEqual([{ job_id: 'j', provider: 'openai' }]);
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
  expect(answersIn(request('JOB#j', postpone))).toEqual([]);
  expect(answersIn(request('QUOTA#c#d', {}))).toEqual([]);
});
