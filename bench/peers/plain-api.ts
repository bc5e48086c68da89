import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import { endWithParent } from '../processes/serve.ts';
import { tellReady } from '../stage/ipc.ts';
import { dynamodb, queueUrl, sqs, tableName } from './aws-clients.ts';

const submission = z.strictObject({
  question: z.string().min(1).max(8000),
  cache: z.boolean().optional(),
  strategy: z.enum(['synthesis', 'consensus']).optional(),
});

/** What a handler written straight against the SDK does: put, send, get. */
const app = new Hono();

app.post('/v1/jobs', async (c) => {
  const { question } = submission.parse(await c.req.json());
  const id = randomUUID();
  const job = { pk: `JOB#${id}`, id, question, status: 'queued', created_at: Date.now() };
  await dynamodb.send(new PutItemCommand({ TableName: tableName, Item: marshall(job) }));
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ job_id: id }) }));
  return c.json({ id, status: 'queued' }, 202);
});

app.get('/v1/jobs/:id', async (c) => {
  const key = marshall({ pk: `JOB#${c.req.param('id')}` });
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true }),
  );
  return Item ? c.json(unmarshall(Item)) : c.json({ error: 'not_found' }, 404);
});

endWithParent();
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (info: AddressInfo) =>
  tellReady(`http://127.0.0.1:${info.port}`),
);
server.on('error', (error) => console.error(error));
