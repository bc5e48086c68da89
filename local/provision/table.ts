import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceInUseException,
  ResourceNotFoundException,
  type ScalarAttributeType,
  type TableDescription,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import schema from '../../shared/table.json' with { type: 'json' };

const WAIT_SECONDS = 60;

function keySchema(hashKey: string, rangeKey?: string): KeySchemaElement[] {
  return [
    { AttributeName: hashKey, KeyType: 'HASH' },
    ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: 'RANGE' as const }]),
  ];
}

function describe(tableName: string): CreateTableCommandInput {
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(schema.hash_key.name),
    AttributeDefinitions: schema.attributes.map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type as ScalarAttributeType,
    })),
    GlobalSecondaryIndexes: schema.global_secondary_indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index.hash_key, index.range_key),
      Projection: { ProjectionType: 'KEYS_ONLY' },
    })),
  };
}

async function find(dynamodb: DynamoDBClient, tableName: string): Promise<TableDescription | undefined> {
  try {
    return (await dynamodb.send(new DescribeTableCommand({ TableName: tableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function create(dynamodb: DynamoDBClient, tableName: string): Promise<void> {
  try {
    await dynamodb.send(new CreateTableCommand(describe(tableName)));
  } catch (error) {
    // Somebody else is provisioning too.
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists(
    { client: dynamodb, maxWaitTime: WAIT_SECONDS, minDelay: 1, maxDelay: 1 },
    { TableName: tableName },
  );
}

function shapeOf(table: Pick<TableDescription, 'KeySchema' | 'GlobalSecondaryIndexes'>): string {
  const keys = (elements: KeySchemaElement[] | undefined) =>
    (elements ?? []).map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).sort();
  const indexes = (table.GlobalSecondaryIndexes ?? [])
    .map((index) => `${index.IndexName}(${keys(index.KeySchema)})`)
    .sort();
  return `${keys(table.KeySchema)}; ${indexes}`;
}

async function expireRows(dynamodb: DynamoDBClient, tableName: string): Promise<void> {
  const specification = { AttributeName: schema.ttl_attribute, Enabled: true };
  try {
    await dynamodb.send(
      new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: specification }),
    );
  } catch (error) {
    // dynalite knows no TTL, and others refuse to set what is set. Readers pass over expired rows anyway.
    const { name, message } = error as Error;
    const harmless = name === 'UnknownOperationException' || /already enabled/i.test(message);
    if (!harmless) throw error;
  }
}

/** The table of `shared/table.json`. Rejects where one of this name has other keys or indexes. */
export async function provisionTable(dynamodb: DynamoDBClient, tableName: string): Promise<void> {
  const existing = await find(dynamodb, tableName);
  if (!existing) await create(dynamodb, tableName);
  else if (shapeOf(existing) !== shapeOf(describe(tableName) as TableDescription)) {
    throw new Error(
      `the table ${tableName} has other keys or indexes than shared/table.json: delete it, or use another name`,
    );
  }
  await expireRows(dynamodb, tableName);
}
