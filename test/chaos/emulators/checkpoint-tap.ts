import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answersOfUpdate, type WrittenAnswer } from './written-answers.ts';

/** A provider's answer stands in the table since `at` (epoch milliseconds), or a moment before. */
export interface Checkpoint extends WrittenAnswer {
  at: number;
}

export type TellCheckpoint = (checkpoint: Checkpoint) => void;

/** Tells of each answer that the server in this process has written by UpdateItem. */
export function tapCheckpoints(tell: TellCheckpoint): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (!String(request.headers['x-amz-target']).endsWith('.UpdateItem')) return;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('finish', () => {
      if (response.statusCode !== 200) return;
      const at = Date.now();
      for (const written of answersOfUpdate(Buffer.concat(chunks).toString())) tell({ ...written, at });
    });
  });
}
