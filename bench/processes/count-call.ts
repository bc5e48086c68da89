import { type Attribute, writeUnits } from './item-bytes.ts';

/** Of one kind of call, such as `UpdateItem JOB`. */
export interface CallCount {
  requests: number;
  /** Rows read or written, or messages. */
  rows: number;
  /** Read or write units, as DynamoDB says them. */
  units: number;
}

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);
const WRITES = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'BatchExecuteStatement',
  'ExecuteStatement',
]);

export function isRead(operation: string): boolean {
  return READS.has(operation);
}

export function isWrite(operation: string): boolean {
  return WRITES.has(operation);
}

/** The kinds of rows that a DynamoDB request names, such as JOB, one entry a row; found by their keys' prefixes. */
function rowKinds(input: unknown): string[] {
  if (typeof input === 'string') {
    const kind = /^(JOB|WORKER|QUOTA|CACHE)#/.exec(input)?.[1];
    return kind ? [kind] : [];
  }
  if (Array.isArray(input)) return input.flatMap(rowKinds);
  return typeof input === 'object' && input !== null ? Object.values(input).flatMap(rowKinds) : [];
}

/** Only what names rows: the values of a row may look like keys too. */
function keysIn(operation: string, input: unknown): unknown {
  const { Key, Item, RequestItems, Statements } = input as Record<string, unknown>;
  if (operation === 'PutItem') return (Item as { pk?: unknown } | undefined)?.pk;
  return Key ?? RequestItems ?? Statements ?? [];
}

function messagesIn(input: unknown, output: unknown): number {
  const { Entries } = input as { Entries?: unknown[] };
  const { Messages } = output as { Messages?: unknown[] };
  return Entries?.length ?? Messages?.length ?? 0;
}

/** What one call counts as: an SQS call by its operation, a DynamoDB call by its operation and the rows it names. */
export function countOf(operation: string, input: unknown, output: unknown): { what: string; rows: number } {
  if (!isRead(operation) && !isWrite(operation)) {
    const messages = messagesIn(input, output);
    const empty = operation === 'ReceiveMessage' && messages === 0;
    return { what: empty ? 'ReceiveMessage, empty' : operation, rows: messages };
  }
  const kinds = rowKinds(keysIn(operation, input));
  const kind = [...new Set(kinds)].join('+') || (operation === 'Query' ? 'index' : 'none');
  return { what: `${operation} ${kind}`, rows: kinds.length };
}

interface Batch {
  Statements?: { Parameters?: Attribute[] }[];
  Responses?: { Item?: Record<string, Attribute> }[];
}

/** DynamoDB Local tells no capacity of batched statements: by the rows that stand beside them, or else what they put. */
function unitsOfStatements({ Statements = [] }: Batch, { Responses = [] }: Batch): number {
  return Statements.reduce((sum, { Parameters = [] }, index) => {
    return sum + writeUnits(Responses[index]?.Item ?? Object.fromEntries(Parameters.entries()));
  }, 0);
}

/** The units of a call: as its response says them, whatever it has them in. */
export function unitsOf(operation: string, input: unknown, output: unknown): number {
  const { ConsumedCapacity: consumed } = output as { ConsumedCapacity?: unknown };
  const told = [consumed].flat().filter((one) => one !== undefined) as { CapacityUnits?: number }[];
  if (told.length === 0 && operation === 'BatchExecuteStatement') {
    return unitsOfStatements(input as Batch, output as Batch);
  }
  return told.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}
