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
  readonly parameters: Attribute[] = [];

  value(value: unknown): string {
    this.parameters.push(toAttribute(value));
    return '?';
  }

  path(path: readonly string[]): string {
    return path.map(quoteName).join('.');
  }

  condition({ path, ...condition }: Condition): string {
    switch (condition.kind) {
      case 'present':
        return `${this.path(path)} IS NOT MISSING`;
      case 'absent':
        return `${this.path(path)} IS MISSING`;
      case 'equals':
        return `${this.path(path)} = ${this.value(condition.value)}`;
      case 'one_of':
        return `${this.path(path)} IN [${condition.values.map((value) => this.value(value)).join(', ')}]`;
    }
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
  const text = new StatementText();
  const changes = write.set.map(([path, value]) => `SET ${text.path(path)} = ${text.value(value)}`);
  if (write.revise) changes.push('SET "revision" = "revision" + 1');
  const conditions = [
    ...write.remove.map((path) => `REMOVE ${text.path(path)}`),
    `WHERE ${quoteName(HASH_KEY)} = ${text.value(rowKey.job(write.id))}`,
    // Neither a tombstone nor a row that has expired is written.
    `AND "deleted" IS MISSING AND ${quoteName(EXPIRES_AT)} > ${text.value(nowSeconds)}`,
    ...write.require.map((condition) => `AND ${text.condition(condition)}`),
  ];
  return {
    Statement: [`UPDATE ${quoteName(tableName)}`, ...changes, ...conditions, `RETURNING ${returning} *`].join(
      ' ',
    ),
    Parameters: text.parameters,
  };
}

/** Puts a job where no row of its key stands, expired or not. */
export function insertStatement(tableName: string, job: JobRecord): Statement {
  const text = new StatementText();
  const fields = Object.entries(job)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${quoteKey(name)}: ${text.value(value)}`);
  return {
    Statement: `INSERT INTO ${quoteName(tableName)} VALUE {${fields.join(', ')}}`,
    Parameters: text.parameters,
  };
}
