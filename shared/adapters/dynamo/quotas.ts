import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { Coalescer } from '../aws/coalescer.ts';
import { Expression } from './expression.ts';
import type { Table } from './table.ts';
import { EXPIRES_AT, rowKey } from './table-schema.ts';

const DAY_SECONDS = 24 * 3600;
/** Questions counted by one call: all that wait, however many. */
const MAX_BATCH = 1000;
const MAX_CALLS_UNDER_WAY = 4;

interface Count {
  key: string;
  day: string;
  quota: number;
}

/** A day's count is of no use once the day is over everywhere. */
function dayEnds(day: string): number {
  return Date.parse(day) / 1000 + 3 * DAY_SECONDS;
}

/**
 * Questions of each client and day. Those of one client that come together are counted as one: a row takes a
 * thousand writes a second, and each is paid for.
 */
export class Quotas {
  readonly #table: Table;
  readonly #counts: Coalescer<Count, boolean>;

  constructor(table: Table) {
    this.#table = table;
    this.#counts = new Coalescer((counts) => this.#countAll(counts), {
      maxBatch: MAX_BATCH,
      maxUnderWay: MAX_CALLS_UNDER_WAY,
    });
  }

  /**
   * Counts one question unless that would exceed `quota`; false where it would.
   * A count whose response was lost may be repeated, and the client then has less of them: never more.
   */
  async count(client: string, day: string, quota: number): Promise<boolean> {
    return quota > 0 && this.#counts.add({ key: rowKey.quota(client, day), day, quota });
  }

  /** Takes back what `count` counted. */
  async uncount(client: string, day: string): Promise<void> {
    const expression = new Expression();
    const asked = expression.path(['asked']);
    const request = {
      TableName: this.#table.name,
      Key: this.#table.key(rowKey.quota(client, day)),
      UpdateExpression: `ADD ${asked} ${expression.value(-1)}`,
      ConditionExpression: `${asked} > ${expression.value(0)}`,
      ...expression.attributes(),
    };
    await this.#table.askUnlessRefused('taking back a question', (sdk) =>
      sdk.send(new UpdateItemCommand(request)),
    );
  }

  idle(): Promise<void> {
    return this.#counts.idle();
  }

  async #countAll(counts: readonly Count[]): Promise<(boolean | Error)[]> {
    const results = new Map<Count, boolean | Error>();
    const groups = Map.groupBy(counts, ({ key, quota }) => `${quota} ${key}`);
    const countGroup = async (group: readonly Count[]) => {
      const counted = await this.#countGroup(group).catch((error: Error) => error);
      group.forEach((count, index) => {
        results.set(count, counted instanceof Error ? counted : index < counted);
      });
    };
    await Promise.all([...groups.values()].map(countGroup));
    return counts.map((count) => results.get(count) ?? false);
  }

  /** How many were counted: all at once, or, where that is too many, one by one for as long as there is room. */
  async #countGroup(group: readonly Count[]): Promise<number> {
    const [first] = group as [Count];
    if (await this.#add(first, group.length)) return group.length;
    let counted = 0;
    while (counted < group.length - 1 && (await this.#add(first, 1))) counted += 1;
    return counted;
  }

  #add({ key, day, quota }: Count, questions: number): Promise<boolean> {
    if (questions > quota) return Promise.resolve(false);
    const expression = new Expression();
    const asked = expression.path(['asked']);
    const expires = expression.path([EXPIRES_AT]);
    const add = `ADD ${asked} ${expression.value(questions)}`;
    const request = {
      TableName: this.#table.name,
      Key: this.#table.key(key),
      UpdateExpression: `SET ${expires} = ${expression.value(dayEnds(day))} ${add}`,
      ConditionExpression: `attribute_not_exists(${asked}) OR ${asked} <= ${expression.value(quota - questions)}`,
      ...expression.attributes(),
    };
    return this.#table.askUnlessRefused('counting a question', (sdk) =>
      sdk.send(new UpdateItemCommand(request)),
    );
  }
}
