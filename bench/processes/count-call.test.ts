import { describe, expect, it } from 'vitest';
import { countOf, unitsOf } from './count-call.ts';
import { itemBytes } from './item-bytes.ts';

describe('a call', () => {
  it.each([
    ['SendMessageBatch', { Entries: [{}, {}] }, {}, { what: 'SendMessageBatch', rows: 2 }],
    ['ReceiveMessage', {}, { Messages: [{}] }, { what: 'ReceiveMessage', rows: 1 }],
    ['ReceiveMessage', {}, {}, { what: 'ReceiveMessage, empty', rows: 0 }],
    ['UpdateItem', { Key: { pk: { S: 'JOB#1' } } }, {}, { what: 'UpdateItem JOB', rows: 1 }],
    [
      'PutItem',
      { Item: { pk: { S: 'WORKER#1' }, jobs: { L: [{ S: 'JOB#1' }] } } },
      {},
      { what: 'PutItem WORKER', rows: 1 },
    ],
    [
      'BatchGetItem',
      { RequestItems: { table: { Keys: [{ pk: { S: 'JOB#1' } }, { pk: { S: 'JOB#2' } }] } } },
      {},
      { what: 'BatchGetItem JOB', rows: 2 },
    ],
    [
      'BatchExecuteStatement',
      {
        Statements: [
          { Statement: 'UPDATE "t" SET a = ? WHERE pk = ?', Parameters: [{ S: 'x' }, { S: 'JOB#1' }] },
          { Statement: 'UPDATE "t" SET a = ? WHERE pk = ?', Parameters: [{ S: 'x' }, { S: 'JOB#2' }] },
        ],
      },
      {},
      { what: 'BatchExecuteStatement JOB', rows: 2 },
    ],
    ['Query', { IndexName: 'open_jobs' }, {}, { what: 'Query index', rows: 0 }],
  ])('%s counts by what it names', (operation, input, output, counted) => {
    expect(countOf(operation, input, output)).toEqual(counted);
  });

  it('costs what its response says, one table or several', () => {
    const cost = (ConsumedCapacity: unknown) => unitsOf('UpdateItem', {}, { ConsumedCapacity });
    expect(cost({ CapacityUnits: 3 })).toBe(3);
    expect(cost([{ CapacityUnits: 3 }, { CapacityUnits: 1.5 }])).toBe(4.5);
    expect(unitsOf('SendMessageBatch', {}, {})).toBe(0);
  });

  it('costs the size of its rows where statements are not told', () => {
    const Statements = [{ Parameters: [{ S: 'x'.repeat(3000) }] }, { Parameters: [] }];
    const Responses = [{}, { Item: { pk: { S: 'JOB#1' }, text: { S: 'é'.repeat(1024) } } }];
    expect(unitsOf('BatchExecuteStatement', { Statements }, { Responses })).toBe(3 + 3);
    const told = { Responses, ConsumedCapacity: [{ CapacityUnits: 9 }] };
    expect(unitsOf('BatchExecuteStatement', { Statements }, told)).toBe(9);
  });
});

it('an item is as large as DynamoDB bills it', () => {
  const item = {
    pk: { S: 'ab' },
    n: { N: '-12.345' },
    yes: { BOOL: true },
    list: { L: [{ S: 'abc' }, { N: '1' }] },
    map: { M: { k: { S: 'v' } } },
  };
  // Names 13; then 2, 4, 1, 3 + (1 + 3) + (1 + 2), and 3 + 1 + (1 + 1).
  expect(itemBytes(item)).toBe(13 + 2 + 4 + 1 + 10 + 6);
});
