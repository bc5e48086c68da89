import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { Expression } from './expression.ts';
import { fromItem } from './row.ts';
import type { Table } from './table.ts';
import { HASH_KEY, OPEN_JOBS, OPEN_SHARDS, rowKey } from './table-schema.ts';

interface Due {
  id: string;
  dueAt: number;
}

async function dueInShard(table: Table, shard: number, now: number, limit: number): Promise<Due[]> {
  const expression = new Expression();
  const inShard = `${expression.path([OPEN_JOBS.hashKey])} = ${expression.value(String(shard))}`;
  const due = `${expression.path([OPEN_JOBS.rangeKey])} <= ${expression.value(now)}`;
  const request = {
    TableName: table.name,
    IndexName: OPEN_JOBS.name,
    KeyConditionExpression: `${inShard} AND ${due}`,
    ...expression.attributes(),
    Limit: limit,
  };
  const { Items } = await table.ask('looking for due jobs', (client) =>
    client.send(new QueryCommand(request)),
  );
  return (Items ?? []).map((item) => {
    const row = fromItem<Record<string, unknown>>(item);
    return {
      id: (row[HASH_KEY] as string).slice(rowKey.job('').length),
      dueAt: row[OPEN_JOBS.rangeKey] as number,
    };
  });
}

/** Ids of the jobs that are due at `now` (epoch milliseconds), oldest first, over all shards. */
export async function dueJobs(table: Table, now: number, limit: number): Promise<string[]> {
  const shards = Array.from({ length: OPEN_SHARDS }, (_, shard) => dueInShard(table, shard, now, limit));
  const due = (await Promise.all(shards)).flat();
  return due
    .sort((a, b) => a.dueAt - b.dueAt)
    .slice(0, limit)
    .map(({ id }) => id);
}
