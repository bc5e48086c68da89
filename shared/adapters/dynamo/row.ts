import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { convertToAttr, marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** An item as plain JSON; its field names are the table's attribute names. */
export type Row = Readonly<Record<string, unknown>>;

export type Attribute = AttributeValue;

export type Item = Record<string, Attribute>;

const OPTIONS = { removeUndefinedValues: true };

export function toItem(row: object): Item {
  return marshall(row, OPTIONS);
}

export function toAttribute(value: unknown): Attribute {
  return convertToAttr(value, OPTIONS);
}

export function fromItem<T extends object>(item: Item): T {
  return unmarshall(item) as T;
}
