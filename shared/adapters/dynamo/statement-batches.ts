import {
  BatchExecuteStatementCommand,
  type BatchExecuteStatementCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { JobWrite } from '../../job/job-write.ts';
import { StoreUnavailableError } from '../../ports/store.ts';
import { Coalescer } from '../aws/coalescer.ts';
import { WrittenInput } from '../aws/plain-json.ts';
import { type Statement, updateStatement } from './job-statement.ts';
import type { Item } from './row.ts';
import type { Table } from './table.ts';
import { Turns } from './turns.ts';

/** DynamoDB's limits for one call, and for one statement, in characters. */
const MAX_BATCH = 25;
const MAX_STATEMENT_CHARACTERS = 8192;
/** So that a whole batch stays below 4 MB. */
const MAX_JSON_CHARACTERS = 160_000;
const MAX_CALLS_UNDER_WAY = 8;
const BACKOFF_MS = 100;

/**
 * `done`: with what the write was to return of the row. `refused`: the row was not as the write wants it, perhaps
 * because the write was done before and its response lost (`repeated`).
 */
export type WriteOutcome = { kind: 'done'; item: Item | undefined } | { kind: 'refused'; repeated: boolean };

/** One write, in both of the ways to ask for it. */
export interface RowWrite {
  /** As one statement among others. */
  express(): Statement;
  /** By a call of its own. */
  writeAlone(): Promise<WriteOutcome>;
}

/** `unsettled`: nothing is known to stand in the way; `repeated` where it may have been done all the same. */
type StatementOutcome = WriteOutcome | { kind: 'unsettled'; repeated: boolean; busy: boolean };

class WrittenStatements extends WrittenInput {
  /** What the SDK's type asks for; it stands in the JSON. */
  readonly Statements = undefined;
}

const UNTRIED: StatementOutcome = { kind: 'unsettled', repeated: false, busy: false };
const BUSY = [
  'InternalServerError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'ThrottlingError',
  'TransactionConflict',
];
/** What a server says that will not say otherwise later. */
const NEVER = ['UnknownOperationException', 'AccessDeniedException', 'ValidationException'];

/**
 * Writes of different rows, up to 25 in a call, each judged by itself: those that come while calls are under way
 * share the next one. Two of one row go one after the other.
 */
export class StatementBatches {
  readonly #table: Table;
  readonly #turns = new Turns();
  readonly #coalescer: Coalescer<RowWrite, StatementOutcome>;
  /** Whether the server knows statements, once it has said so. */
  #isUnderstood: boolean | undefined;
  #probing: Promise<boolean | undefined> | undefined;

  constructor(table: Table) {
    this.#table = table;
    this.#coalescer = new Coalescer((writes) => this.#call(writes), {
      maxBatch: MAX_BATCH,
      maxUnderWay: MAX_CALLS_UNDER_WAY,
    });
  }

  /** Does one write of the row of `key`. Rejects with `StoreUnavailableError`. */
  async run(key: string, write: RowWrite): Promise<WriteOutcome> {
    const outcome =
      (this.#isUnderstood ?? (await this.#understands()))
        ? await this.#turns.take(key, () => this.#coalescer.add(write))
        : UNTRIED;
    if (outcome.kind !== 'unsettled') return outcome;
    if (outcome.busy) await this.#table.clock.sleep(Math.random() * BACKOFF_MS);
    const alone = await write.writeAlone();
    return alone.kind === 'done' ? alone : { ...alone, repeated: alone.repeated || outcome.repeated };
  }

  idle(): Promise<void> {
    return this.#coalescer.idle();
  }

  async #call(writes: readonly RowWrite[]): Promise<StatementOutcome[]> {
    const [first] = writes;
    // What comes alone costs the table less by itself than as a statement.
    if (first && writes.length === 1) return [await first.writeAlone()];
    const written = writes.map((write) => writeOut(write.express()));
    const sent = written.filter((json) => json !== undefined);
    const outcomes = sent.length > 0 ? await this.#ask(sent) : [];
    return written.map((json) => (json === undefined ? UNTRIED : (outcomes.shift() ?? UNTRIED)));
  }

  async #ask(statements: readonly string[]): Promise<StatementOutcome[]> {
    try {
      const output = await this.#send(statements);
      return statements.map((_, index) => outcomeOf(output, index));
    } catch (error) {
      // One that cannot be read takes its whole batch with it: by itself each hears what is wrong with it.
      if (error instanceof StoreUnavailableError) throw error;
      return statements.map(() => UNTRIED);
    }
  }

  #send(statements: readonly string[]): Promise<BatchExecuteStatementCommandOutput> {
    // Joined and put between brackets, all of it would be copied twice.
    let json = '{"Statements":[';
    for (const [index, statement] of statements.entries()) json += index === 0 ? statement : `,${statement}`;
    const input = new WrittenStatements(`${json}]}`);
    return this.#table.ask('writing', (client) => client.send(new BatchExecuteStatementCommand(input)));
  }

  async #understands(): Promise<boolean> {
    this.#probing ??= this.#probe();
    const understood = await this.#probing;
    this.#isUnderstood = understood;
    // Where nobody knows yet, the next one asks again.
    this.#probing = undefined;
    return understood ?? false;
  }

  /** A write of a job that there is not, which changes nothing: a server that knows what is asked refuses it. */
  async #probe(): Promise<boolean | undefined> {
    const write: JobWrite = { id: 'PING', require: [], set: [[['fence'], 0]], remove: [], revise: true };
    const statement = updateStatement(this.#table.name, write, this.#table.nowSeconds());
    try {
      const output = await this.#send([JSON.stringify(statement)]);
      const outcome = outcomeOf(output, 0);
      return outcome.kind === 'unsettled' && outcome.busy ? undefined : outcome.kind === 'refused';
    } catch (error) {
      const cause = error instanceof StoreUnavailableError ? error.cause : error;
      return cause instanceof Error && NEVER.includes(cause.name) ? false : undefined;
    }
  }
}

/** As JSON; undefined where it is too long to share a call. */
function writeOut(statement: Statement): string | undefined {
  if (statement.Statement.length > MAX_STATEMENT_CHARACTERS) return undefined;
  const json = JSON.stringify(statement);
  return json.length > MAX_JSON_CHARACTERS ? undefined : json;
}

function outcomeOf(
  { Responses, $metadata }: BatchExecuteStatementCommandOutput,
  index: number,
): StatementOutcome {
  const repeated = ($metadata.attempts ?? 1) > 1;
  const response = Responses?.[index];
  if (response && !response.Error) return { kind: 'done', item: response.Item };
  const code = response?.Error?.Code;
  if (code === 'ConditionalCheckFailed' || code === 'DuplicateItem') return { kind: 'refused', repeated };
  return {
    kind: 'unsettled',
    repeated: repeated || code === 'InternalServerError',
    busy: code !== undefined && BUSY.includes(code),
  };
}
