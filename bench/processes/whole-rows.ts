import type { Attribute } from './item-bytes.ts';

type Item = Record<string, Attribute>;

interface Batch {
  Statements?: { Statement: string; Parameters?: Attribute[] }[];
}

interface BatchReply {
  Responses?: { Error?: object; Item?: Item | undefined }[];
}

const JOB_KEY = /^JOB#/;
const TABLE = /"([^"]+)"/;

const keyOf = (parameters: readonly Attribute[] = []): string | undefined =>
  parameters.map(({ S }) => String(S ?? '')).find((text) => JOB_KEY.test(text));

/**
 * The reply to a batch of statements with the whole row of each that was done, as it stands now: a write is billed by
 * its row, and may return less of it. `ask` sends another request to the same table.
 */
export async function withWholeRows(
  { Statements = [] }: Batch,
  reply: BatchReply,
  ask: (operation: string, input: object) => Promise<unknown>,
): Promise<BatchReply> {
  const keys = Statements.map(({ Parameters }) => keyOf(Parameters));
  const table = TABLE.exec(Statements[0]?.Statement ?? '')?.[1];
  const asked = [...new Set(keys.filter((key) => key !== undefined))];
  if (!table || asked.length === 0) return reply;
  const Keys = asked.map((pk) => ({ pk: { S: pk } }));
  const answered = await ask('BatchGetItem', { RequestItems: { [table]: { Keys, ConsistentRead: true } } });
  const { Responses: found = {} } = answered as { Responses?: Record<string, Item[]> };
  const rows = new Map((found[table] ?? []).map((item) => [item.pk?.S, item]));
  const Responses = (reply.Responses ?? []).map((one, index) =>
    one.Error ? one : { ...one, Item: rows.get(keys[index]) },
  );
  return { ...reply, Responses };
}
