import { isDeepStrictEqual } from 'node:util';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type JobWrite, valueAt, type WriteResult } from '../../job/job-write.ts';
import type { JobRecord } from '../../job/record.ts';
import { StoreUnavailableError } from '../../ports/store.ts';
import { Expression } from './expression.ts';
import { expressJobWrite } from './job-write-expression.ts';
import { fromItem, type Item, toItem } from './row.ts';
import type { Table } from './table.ts';
import { EXPIRES_AT, HASH_KEY, rowKey } from './table-schema.ts';

const MAX_CREATE_TRIES = 3;

export type CreateResult = { created: true } | { created: false; existing: JobRecord };

/** The job rows, one by one. */
export class Jobs {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  read(id: string): Promise<JobRecord | undefined> {
    return this.#table.reads.read<JobRecord>(rowKey.job(id));
  }

  async create(job: JobRecord): Promise<CreateResult> {
    for (let tries = 0; tries < MAX_CREATE_TRIES; tries += 1) {
      if (await this.#put(job)) return { created: true };
      const existing = await this.read(job.id);
      // The SDK repeats a put whose response was lost, and is then refused by its own row.
      if (existing?.create_token === job.create_token) return { created: true };
      if (existing) return { created: false, existing };
    }
    throw new StoreUnavailableError('creating a job', 'another row of this id comes and goes');
  }

  async write(write: JobWrite): Promise<WriteResult> {
    try {
      return { applied: true, job: await this.#update(write) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const job = await this.read(write.id);
      // A repeated write whose first response was lost is refused by what it did itself.
      const repeated = (error.$metadata.attempts ?? 1) > 1;
      return job && repeated && stands(job, write) ? { applied: true, job } : { applied: false, job };
    }
  }

  /** True where the row is gone; false where somebody has claimed the job. */
  deleteUnclaimed(id: string): Promise<boolean> {
    const expression = new Expression();
    const missing = `attribute_not_exists(${expression.path([HASH_KEY])})`;
    const queued = `${expression.path(['status'])} = ${expression.value('queued')}`;
    const unclaimed = `${expression.path(['fence'])} = ${expression.value(0)}`;
    const request = {
      TableName: this.#table.name,
      Key: this.#table.key(rowKey.job(id)),
      ConditionExpression: `${missing} OR (${queued} AND ${unclaimed})`,
      ...expression.attributes(),
    };
    return this.#table.askUnlessRefused('deleting a job', (client) =>
      client.send(new DeleteItemCommand(request)),
    );
  }

  #put(job: JobRecord): Promise<boolean> {
    const expression = new Expression();
    const missing = `attribute_not_exists(${expression.path([HASH_KEY])})`;
    const expired = `${expression.path([EXPIRES_AT])} <= ${expression.value(this.#table.nowSeconds())}`;
    const request = {
      TableName: this.#table.name,
      Item: toItem(job),
      ConditionExpression: `${missing} OR ${expired}`,
      ...expression.attributes(),
    };
    return this.#table.askUnlessRefused('creating a job', (client) =>
      client.send(new PutItemCommand(request)),
    );
  }

  async #update(write: JobWrite): Promise<JobRecord> {
    const request = {
      TableName: this.#table.name,
      Key: this.#table.key(rowKey.job(write.id)),
      ...expressJobWrite(write, this.#table.nowSeconds()),
      ReturnValues: 'ALL_NEW' as const,
    };
    const { Attributes } = await this.#table.ask('writing a job', (client) =>
      client.send(new UpdateItemCommand(request)),
    );
    return fromItem<JobRecord>(Attributes as Item);
  }
}

/** True where a job shows all that a write does: it was this write, or one that did the very same. */
function stands(job: JobRecord, write: JobWrite): boolean {
  const asStored = (value: unknown) => fromItem<{ value: unknown }>(toItem({ value })).value;
  return (
    write.set.every(([path, value]) => isDeepStrictEqual(valueAt(job, path), asStored(value))) &&
    write.remove.every((path) => valueAt(job, path) === undefined)
  );
}
