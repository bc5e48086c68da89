import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { CacheEntry } from '../../ports/store.ts';
import { toItem } from './row.ts';
import type { Table } from './table.ts';
import { EXPIRES_AT, HASH_KEY, rowKey } from './table-schema.ts';

interface CacheRow {
  job_id: string;
  expires_at: number;
}

export async function getCached(table: Table, client: string, hash: string): Promise<CacheEntry | undefined> {
  const row = await table.reads.read<CacheRow>(rowKey.cached(client, hash));
  return row && { jobId: row.job_id, expiresAt: row.expires_at };
}

export async function putCached(
  table: Table,
  client: string,
  hash: string,
  entry: CacheEntry,
): Promise<void> {
  const row = { [HASH_KEY]: rowKey.cached(client, hash), job_id: entry.jobId, [EXPIRES_AT]: entry.expiresAt };
  await table.ask('keeping an answer for the next to ask', (sdk) =>
    sdk.send(new PutItemCommand({ TableName: table.name, Item: toItem(row) })),
  );
}
