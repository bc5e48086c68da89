import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { JobStatus } from '../../contract/states.ts';
import { statusAt } from '../../job/ends.ts';
import type { JobRecord } from '../../job/record.ts';
import type { JobPage } from '../../ports/store.ts';
import { decodeCursor, encodeCursor } from '../list-cursor.ts';
import { Expression } from './expression.ts';
import { fromItem, type Row } from './row.ts';
import type { Table } from './table.ts';
import { BY_CLIENT, HASH_KEY } from './table-schema.ts';

/** Keys a query brings where a filter will drop some of their rows. */
const FILTERED_QUERY_KEYS = 100;
/** Rows read for one page at most: who looks for what is rare gets a short page, and a cursor to go on from. */
const MOST_ROWS = 1000;

type StartKey = Record<string, AttributeValue> | undefined;

async function queryKeys(
  table: Table,
  client: string,
  page: { before: string | undefined; limit: number; startKey: StartKey },
): Promise<{ keys: string[]; next: StartKey }> {
  const expression = new Expression();
  const conditions = [`${expression.path([BY_CLIENT.hashKey])} = ${expression.value(client)}`];
  if (page.before !== undefined) {
    conditions.push(`${expression.path([BY_CLIENT.rangeKey])} < ${expression.value(page.before)}`);
  }
  const request = {
    TableName: table.name,
    IndexName: BY_CLIENT.name,
    KeyConditionExpression: conditions.join(' AND '),
    ...expression.attributes(),
    ScanIndexForward: false,
    Limit: page.limit,
    ExclusiveStartKey: page.startKey,
  };
  const { Items, LastEvaluatedKey } = await table.ask('listing', (sdk) =>
    sdk.send(new QueryCommand(request)),
  );
  const keys = (Items ?? []).map((item) => fromItem<Row>(item)[HASH_KEY] as string);
  return { keys, next: LastEvaluatedKey };
}

/** Every row of a client, newest first; the index holds keys only, the rows are read behind it. */
export async function* rowsOfClient<T extends object>(
  table: Table,
  client: string,
  { before, limit }: { before?: string | undefined; limit: number },
): AsyncGenerator<T> {
  let startKey: StartKey;
  do {
    const { keys, next } = await queryKeys(table, client, { before, limit, startKey });
    const rows = await Promise.all(keys.map((key) => table.reads.read<T>(key)));
    // The index lags: a row may have gone since.
    yield* rows.filter((row) => row !== undefined);
    startKey = next;
  } while (startKey);
}

/** A page of a client's jobs. One job more than the page holds tells whether another page follows. */
export async function listJobs(
  table: Table,
  client: string,
  query: { status?: JobStatus; limit: number; cursor?: string },
): Promise<JobPage> {
  const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  const limit = query.status ? FILTERED_QUERY_KEYS : query.limit + 1;
  const now = table.clock.now();
  const jobs: JobRecord[] = [];
  let rows = 0;
  let last: string | undefined;
  for await (const job of rowsOfClient<JobRecord>(table, client, { before, limit })) {
    const wanted = !job.deleted && (!query.status || statusAt(job, now) === query.status);
    if (last && ((wanted && jobs.length === query.limit) || rows >= MOST_ROWS)) {
      return { jobs, cursor: encodeCursor(last) };
    }
    if (wanted) jobs.push(job);
    rows += 1;
    last = job.created_at_id ?? last;
  }
  return { jobs };
}
