import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { Expression } from './expression.ts';
import type { Table } from './table.ts';
import { EXPIRES_AT, rowKey } from './table-schema.ts';

const DAY_SECONDS = 24 * 3600;

/** A day's count is of no use once the day is over everywhere. */
function dayEnds(day: string): number {
  return Date.parse(day) / 1000 + 3 * DAY_SECONDS;
}

/**
 * Counts one question unless that would exceed `quota`; false where it would.
 * A count whose response was lost may be repeated, and the client then has one less: never one more.
 */
export async function countQuestion(
  table: Table,
  client: string,
  day: string,
  quota: number,
): Promise<boolean> {
  if (quota <= 0) return false;
  const expression = new Expression();
  const asked = expression.path(['asked']);
  const expires = expression.path([EXPIRES_AT]);
  const request = {
    TableName: table.name,
    Key: table.key(rowKey.quota(client, day)),
    UpdateExpression: `SET ${expires} = ${expression.value(dayEnds(day))} ADD ${asked} ${expression.value(1)}`,
    ConditionExpression: `attribute_not_exists(${asked}) OR ${asked} < ${expression.value(quota)}`,
    ...expression.attributes(),
  };
  return table.askUnlessRefused('counting a question', (sdk) => sdk.send(new UpdateItemCommand(request)));
}

/** Takes back what `countQuestion` counted. */
export async function uncountQuestion(table: Table, client: string, day: string): Promise<void> {
  const expression = new Expression();
  const asked = expression.path(['asked']);
  const request = {
    TableName: table.name,
    Key: table.key(rowKey.quota(client, day)),
    UpdateExpression: `ADD ${asked} ${expression.value(-1)}`,
    ConditionExpression: `${asked} > ${expression.value(0)}`,
    ...expression.attributes(),
  };
  await table.askUnlessRefused('taking back a question', (sdk) => sdk.send(new UpdateItemCommand(request)));
}
