import { describe, expect, it } from 'vitest';
import { capacityOf, countOf } from './count-call.ts';

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
    expect(capacityOf({ ConsumedCapacity: { CapacityUnits: 3 } })).toBe(3);
    expect(capacityOf({ ConsumedCapacity: [{ CapacityUnits: 3 }, { CapacityUnits: 1.5 }] })).toBe(4.5);
    expect(capacityOf({})).toBe(0);
  });
});
