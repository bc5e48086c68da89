import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Presence } from '../../job/presence.ts';
import { rowsOfClient } from './job-list.ts';
import { type Row, toItem } from './row.ts';
import type { Table } from './table.ts';
import { BY_CLIENT, HASH_KEY, rowKey } from './table-schema.ts';

/** Under it the presences stand in the index of clients, so that listing them is a query. No caller has this name. */
const WORKERS = '#workers';
const QUERY_KEYS = 100;

function toPresence(row: Row): Presence {
  const { [HASH_KEY]: _pk, [BY_CLIENT.hashKey]: _client, [BY_CLIENT.rangeKey]: _order, ...presence } = row;
  return presence as unknown as Presence;
}

export async function putPresence(table: Table, presence: Presence): Promise<void> {
  const row = {
    ...presence,
    [HASH_KEY]: rowKey.presence(presence.id),
    [BY_CLIENT.hashKey]: WORKERS,
    [BY_CLIENT.rangeKey]: presence.id,
  };
  await table.ask('writing a presence', (client) =>
    client.send(new PutItemCommand({ TableName: table.name, Item: toItem(row) })),
  );
}

export async function getPresence(table: Table, workerId: string): Promise<Presence | undefined> {
  const row = await table.reads.read<Row>(rowKey.presence(workerId));
  return row && toPresence(row);
}

export async function listPresences(table: Table): Promise<Presence[]> {
  const presences: Presence[] = [];
  for await (const row of rowsOfClient<Row>(table, WORKERS, { limit: QUERY_KEYS }))
    presences.push(toPresence(row));
  return presences;
}
