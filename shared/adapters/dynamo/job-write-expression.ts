import type { Condition, JobPath, JobWrite } from '../../job/job-write.ts';
import { Expression } from './expression.ts';
import { EXPIRES_AT, HASH_KEY } from './table-schema.ts';

function expressCondition(expression: Expression, condition: Condition): string {
  const path = expression.path(condition.path);
  switch (condition.kind) {
    case 'present':
      return `attribute_exists(${path})`;
    case 'absent':
      return `attribute_not_exists(${path})`;
    case 'equals':
      return `${path} = ${expression.value(condition.value)}`;
    case 'one_of':
      return `${path} IN (${condition.values.map((value) => expression.value(value)).join(', ')})`;
  }
}

/** A write never creates a job, and never touches a tombstone or a row that has expired. */
function expressExistence(expression: Expression, nowSeconds: number): string[] {
  return [
    `attribute_exists(${expression.path([HASH_KEY])})`,
    `attribute_not_exists(${expression.path(['deleted'])})`,
    `${expression.path([EXPIRES_AT])} > ${expression.value(nowSeconds)}`,
  ];
}

function expressUpdate(expression: Expression, write: JobWrite): string {
  const sets = write.set.map(([path, value]) => `${expression.path(path)} = ${expression.value(value)}`);
  if (write.revise) {
    const revision = expression.path(['revision'] satisfies JobPath);
    sets.push(`${revision} = ${revision} + ${expression.value(1)}`);
  }
  const removes = write.remove.map((path) => expression.path(path));
  return [
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
  ].join(' ');
}

/** A write of a job in the table's own words: the parts of an UpdateItem request. */
export function expressJobWrite(write: JobWrite, nowSeconds: number) {
  const expression = new Expression();
  const conditions = [
    ...expressExistence(expression, nowSeconds),
    ...write.require.map((condition) => expressCondition(expression, condition)),
  ];
  return {
    UpdateExpression: expressUpdate(expression, write),
    ConditionExpression: conditions.join(' AND '),
    ...expression.attributes(),
  };
}
