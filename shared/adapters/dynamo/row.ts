import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** An item as plain JSON; its field names are the table's attribute names. */
export type Row = Readonly<Record<string, unknown>>;

export type Item = Record<string, AttributeValue>;

export function toItem(row: object): Item {
  return marshall(row, { removeUndefinedValues: true });
}

export function fromItem<T extends object>(item: Item): T {
  return unmarshall(item) as T;
}
