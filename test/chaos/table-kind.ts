/** Which emulator holds the table. DynamoDB Local knows the batched writes that AWS does; dynalite needs npm alone. */
export const TABLE_KINDS = ['dynalite', 'dynamodb-local'] as const;
export type TableKind = (typeof TABLE_KINDS)[number];

/** The action by which the system writes jobs there. */
export const WRITE_ACTION: Readonly<Record<TableKind, string>> = {
  dynalite: 'UpdateItem',
  'dynamodb-local': 'BatchExecuteStatement',
};
