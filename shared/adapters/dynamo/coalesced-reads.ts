import { BatchGetItemCommand, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import { StoreUnavailableError } from '../../ports/store.ts';
import { Coalescer } from '../aws/coalescer.ts';
import { fromItem, type Item, type Row } from './row.ts';
import type { Table } from './table.ts';
import { EXPIRES_AT, HASH_KEY } from './table-schema.ts';

/** DynamoDB's limit for one BatchGetItem. */
const MAX_KEYS = 100;
const MAX_CALLS_UNDER_WAY = 8;
/** Calls in a row that may bring nothing before the keys that are left count as unavailable. */
const MAX_FRUITLESS_CALLS = 5;
const BACKOFF_MS = 50;

/** Consistent reads of whole rows, many in a call. Nothing is cached: each read begins after it was asked for. */
export class CoalescedReads {
  readonly #table: Table;
  readonly #coalescer: Coalescer<string, Row | undefined>;

  constructor(table: Table) {
    this.#table = table;
    this.#coalescer = new Coalescer((keys) => this.#readAll(keys), {
      maxBatch: MAX_KEYS,
      maxUnderWay: MAX_CALLS_UNDER_WAY,
    });
  }

  /** The row; undefined where there is none or it has expired. */
  async read<T extends object>(pk: string): Promise<T | undefined> {
    const row = await this.#coalescer.add(pk);
    return row && Number(row[EXPIRES_AT]) > this.#table.nowSeconds() ? (row as T) : undefined;
  }

  idle(): Promise<void> {
    return this.#coalescer.idle();
  }

  async #readAll(keys: readonly string[]): Promise<(Row | undefined | Error)[]> {
    const rows = new Map<string, Row>();
    const unread = await this.#collect([...new Set(keys)], rows);
    return keys.map((key) =>
      unread.has(key) ? new StoreUnavailableError('reading', 'it is overloaded') : rows.get(key),
    );
  }

  /** Reads `keys` into `rows`; returns those that the table would not read, try after try. */
  async #collect(keys: readonly string[], rows: Map<string, Row>): Promise<Set<string>> {
    let left: Item[] = keys.map((key) => this.#table.key(key));
    for (let fruitless = 0; left.length > 0 && fruitless < MAX_FRUITLESS_CALLS; ) {
      const { found, unprocessed } = await this.#call({ Keys: left, ConsistentRead: true });
      for (const row of found) rows.set(row[HASH_KEY] as string, row);
      fruitless = unprocessed.length < left.length ? 0 : fruitless + 1;
      left = unprocessed;
      if (left.length > 0) await this.#table.clock.sleep(Math.random() * BACKOFF_MS * 2 ** fruitless);
    }
    return new Set(left.map((key) => fromItem<Row>(key)[HASH_KEY] as string));
  }

  async #call(request: KeysAndAttributes): Promise<{ found: Row[]; unprocessed: Item[] }> {
    const { name } = this.#table;
    const { Responses, UnprocessedKeys } = await this.#table.ask('reading', (client) =>
      client.send(new BatchGetItemCommand({ RequestItems: { [name]: request } })),
    );
    return {
      found: (Responses?.[name] ?? []).map((item) => fromItem<Row>(item)),
      unprocessed: UnprocessedKeys?.[name]?.Keys ?? [],
    };
  }
}
