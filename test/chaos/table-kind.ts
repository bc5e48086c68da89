/** Which emulator holds the table. DynamoDB Local knows the batched writes that AWS does; dynalite needs npm alone. */
export const TABLE_KINDS = ['dynalite', 'dynamodb-local'] as const;
export type TableKind = (typeof TABLE_KINDS)[number];

/** The actions by which the system writes jobs there: alone, and several together. */
export const WRITE_ACTIONS: Readonly<Record<TableKind, readonly string[]>> = {
  dynalite: ['UpdateItem'],
  'dynamodb-local': ['UpdateItem', 'BatchExecuteStatement'],
};
