import type { Condition, JobWrite } from '../../job/job-write.ts';
import type { JobRecord } from '../../job/record.ts';
import { type Attribute, toAttribute } from './row.ts';
import { EXPIRES_AT, HASH_KEY, rowKey } from './table-schema.ts';

/** As DynamoDB takes it. */
export interface Statement {
  Statement: string;
  Parameters: Attribute[];
}

/** Names are quoted, as keys hold what users chose, and values are parameters, in the order of their `?`. */
class StatementText {
  text: string;
  readonly parameters: Attribute[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** Each `?` of the words stands for one of the values. */
  add(words: string, ...values: readonly unknown[]): void {
    this.text += words;
    for (const value of values) this.parameters.push(toAttribute(value));
  }

  addPath(words: string, path: readonly string[]): void {
    this.text += words;
    let separator = '';
    for (const name of path) {
      this.text += separator + quoteName(name);
      separator = '.';
    }
  }

  addCondition(condition: Condition): void {
    this.addPath(' AND ', condition.path);
    switch (condition.kind) {
      case 'present':
        this.add(' IS NOT MISSING');
        break;
      case 'absent':
        this.add(' IS MISSING');
        break;
      case 'equals':
        this.add(' = ?', condition.value);
        break;
      case 'one_of':
        this.add(` IN [${condition.values.map(() => '?').join(', ')}]`, ...condition.values);
    }
  }

  statement(): Statement {
    return { Statement: this.text, Parameters: this.parameters };
  }
}

function quoteName(name: string): string {
  return name.includes('"') ? `"${name.replaceAll('"', '""')}"` : `"${name}"`;
}

function quoteKey(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

/** What a statement answers with: the whole row as it is now, or what it changed as that was before. */
export type Returning = 'ALL NEW' | 'MODIFIED OLD';

/** A write of a job in PartiQL; refused where no row of its key stands, and then creates none. */
export function updateStatement(
  tableName: string,
  write: JobWrite,
  nowSeconds: number,
  returning: Returning = 'ALL NEW',
): Statement {
  const text = new StatementText(`UPDATE ${quoteName(tableName)}`);
  for (const [path, value] of write.set) {
    text.addPath(' SET ', path);
    text.add(' = ?', value);
  }
  if (write.revise) text.add(' SET "revision" = "revision" + 1');
  for (const path of write.remove) text.addPath(' REMOVE ', path);
  text.add(` WHERE ${quoteName(HASH_KEY)} = ?`, rowKey.job(write.id));
  // Neither a tombstone nor a row that has expired is written.
  text.add(` AND "deleted" IS MISSING AND ${quoteName(EXPIRES_AT)} > ?`, nowSeconds);
  for (const condition of write.require) text.addCondition(condition);
  text.add(` RETURNING ${returning} *`);
  return text.statement();
}

/** Puts a job where no row of its key stands, expired or not. */
export function insertStatement(tableName: string, job: JobRecord): Statement {
  const text = new StatementText(`INSERT INTO ${quoteName(tableName)} VALUE {`);
  let separator = '';
  for (const [name, value] of Object.entries(job)) {
    if (value === undefined) continue;
    text.add(`${separator}${quoteKey(name)}: ?`, value);
    separator = ', ';
  }
  text.add('}');
  return text.statement();
}
