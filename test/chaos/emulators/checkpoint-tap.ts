import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A provider's answer stands in the table since `at` (epoch milliseconds), or a moment before. */
export interface Checkpoint {
  job_id: string;
  provider: string;
  at: number;
}

interface Update {
  Key?: { pk?: { S?: string } };
  UpdateExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
}

const SET_OF_TWO = /(#\d+)\.(#\d+) = /g;

/** Whose answers an UpdateItem request writes, and of which job; none where it writes none. */
export function answersIn(body: string): Omit<Checkpoint, 'at'>[] {
  const { Key, UpdateExpression = '', ExpressionAttributeNames: names = {} } = JSON.parse(body) as Update;
  const jobId = /^JOB#(.+)$/.exec(Key?.pk?.S ?? '')?.[1];
  if (!jobId) return [];
  return [...UpdateExpression.matchAll(SET_OF_TWO)].flatMap(([, field = '', key = '']) =>
    names[field] === 'answers' && names[key] ? [{ job_id: jobId, provider: names[key] }] : [],
  );
}

/** Tells of each answer that the server in this process has written. */
export function tapCheckpoints(tell: (checkpoint: Checkpoint) => void): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (!String(request.headers['x-amz-target']).endsWith('.UpdateItem')) return;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('finish', () => {
      if (response.statusCode !== 200) return;
      const at = Date.now();
      for (const written of answersIn(Buffer.concat(chunks).toString())) tell({ ...written, at });
    });
  });
}
