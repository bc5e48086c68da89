import { isDeepStrictEqual } from 'node:util';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { applyWrite } from '../../job/apply-write.ts';
import { type JobWrite, valueAt, type WriteResult } from '../../job/job-write.ts';
import type { JobRecord } from '../../job/record.ts';
import { StoreUnavailableError } from '../../ports/store.ts';
import { Expression } from './expression.ts';
import { insertStatement, updateStatement } from './job-statement.ts';
import { expressJobWrite } from './job-write-expression.ts';
import { fromItem, type Item, toItem } from './row.ts';
import { StatementBatches, type WriteOutcome } from './statement-batches.ts';
import type { Table } from './table.ts';
import { EXPIRES_AT, HASH_KEY, rowKey } from './table-schema.ts';

const MAX_CREATE_TRIES = 3;

export type CreateResult = { created: true } | { created: false; existing: JobRecord };

/** The job rows, one by one. */
export class Jobs {
  readonly #table: Table;
  readonly #batches: StatementBatches;

  constructor(table: Table) {
    this.#table = table;
    this.#batches = new StatementBatches(table);
  }

  read(id: string): Promise<JobRecord | undefined> {
    return this.#table.reads.read<JobRecord>(rowKey.job(id));
  }

  async create(job: JobRecord): Promise<CreateResult> {
    for (let tries = 0; tries < MAX_CREATE_TRIES; tries += 1) {
      if (await (tries === 0 ? this.#insert(job) : this.#put(job))) return { created: true };
      const existing = await this.read(job.id);
      // The SDK repeats a put whose response was lost, and is then refused by its own row.
      if (existing?.create_token === job.create_token) return { created: true };
      if (existing) return { created: false, existing };
    }
    throw new StoreUnavailableError('creating a job', 'another row of this id comes and goes');
  }

  async write(write: JobWrite, known?: JobRecord): Promise<WriteResult> {
    // A row grows with each answer: most of what a write would return is what its writer already has.
    const basis = write.revise ? known : undefined;
    const outcome = await this.#batches.run(rowKey.job(write.id), {
      express: () =>
        updateStatement(
          this.#table.name,
          write,
          this.#table.nowSeconds(),
          basis ? 'MODIFIED OLD' : 'ALL NEW',
        ),
      writeAlone: () => this.#update(write, basis ? 'UPDATED_OLD' : 'ALL_NEW'),
    });
    return outcome.kind === 'done'
      ? this.#resultOf(write, outcome.item, basis)
      : this.#judgeByRead(write, outcome.repeated);
  }

  /** Resolves once nothing is waiting or under way. */
  idle(): Promise<void> {
    return this.#batches.idle();
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

  /** `item` is the row as it is now or, beside a `basis`, what the write changed as that was before. */
  async #resultOf(
    write: JobWrite,
    item: Item | undefined,
    basis: JobRecord | undefined,
  ): Promise<WriteResult> {
    if (item && !basis) return { applied: true, job: fromItem<JobRecord>(item) };
    const next = basis && Number(item?.revision?.N) === basis.revision ? applyWrite(basis, write) : undefined;
    if (next) return { applied: true, job: next };
    const job = await this.read(write.id);
    return job ? { applied: true, job } : { applied: false, job };
  }

  /** `maybeDone`: a repeated write whose first response was lost is refused by what it did itself. */
  async #judgeByRead(write: JobWrite, maybeDone: boolean): Promise<WriteResult> {
    const job = await this.read(write.id);
    return job && maybeDone && stands(job, write) ? { applied: true, job } : { applied: false, job };
  }

  /** False also where a row stands that has expired: only `#put` writes over it. */
  async #insert(job: JobRecord): Promise<boolean> {
    const outcome = await this.#batches.run(rowKey.job(job.id), {
      express: () => insertStatement(this.#table.name, job),
      writeAlone: async () =>
        (await this.#put(job)) ? { kind: 'done', item: undefined } : { kind: 'refused', repeated: false },
    });
    return outcome.kind === 'done';
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

  async #update(write: JobWrite, returning: 'ALL_NEW' | 'UPDATED_OLD'): Promise<WriteOutcome> {
    const request = {
      TableName: this.#table.name,
      Key: this.#table.key(rowKey.job(write.id)),
      ...expressJobWrite(write, this.#table.nowSeconds()),
      ReturnValues: returning,
    };
    try {
      const { Attributes } = await this.#table.ask('writing a job', (client) =>
        client.send(new UpdateItemCommand(request)),
      );
      return { kind: 'done', item: Attributes as Item };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { kind: 'refused', repeated: (error.$metadata.attempts ?? 1) > 1 };
    }
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
