/** One attribute as DynamoDB's protocol has it, such as `{ S: "text" }`. */
export type Attribute = Record<string, unknown>;

const WRITE_UNIT_BYTES = 1024;

function attributeBytes(attribute: Attribute): number {
  const [kind, value] = Object.entries(attribute)[0] ?? [];
  switch (kind) {
    case 'S':
      return Buffer.byteLength(value as string);
    case 'N':
      return Math.ceil(String(value).replace(/[-.]/g, '').length / 2) + 1;
    case 'L':
      return 3 + (value as Attribute[]).reduce((sum, one) => sum + 1 + attributeBytes(one), 0);
    case 'M':
      return 3 + Object.keys(value as object).length + itemBytes(value as Record<string, Attribute>);
    default:
      return 1;
  }
}

/**
 * The size of an item as DynamoDB bills it: names and values in UTF-8, two digits a byte, three bytes for each list
 * or map and one for each element of it. Source: "DynamoDB item sizes and formats" in AWS's developer guide.
 */
export function itemBytes(item: Record<string, Attribute>): number {
  return Object.entries(item).reduce(
    (sum, [name, attribute]) => sum + Buffer.byteLength(name) + attributeBytes(attribute),
    0,
  );
}

export function writeUnits(item: Record<string, Attribute>): number {
  return Math.ceil(itemBytes(item) / WRITE_UNIT_BYTES);
}
