import { expect } from 'vitest';
import { PROBLEMS, problemSchema } from '../../../shared/contract/problem.ts';
import { openSocket, readToEnd } from './guarded-api.ts';

export const JSON_TYPE = 'application/json';

export interface Answer {
  status: number;
  type: string;
  body: string;
}

/** The last of the responses in what came back on a connection. */
export function answerIn(raw: string): Answer {
  const last = raw.slice(Math.max(0, raw.lastIndexOf('HTTP/1.1 ')));
  const [head = '', body = ''] = last.split('\r\n\r\n', 2);
  const type = /^content-type: (.*)$/im.exec(head)?.[1] ?? '';
  return { status: Number(head.split(' ')[1]), type, body };
}

/** Whatever was asked: a status of HTTP, no failure of ours, and every refusal in the words of the contract. */
export function expectContract({ status, type, body }: Answer, asked: unknown): void {
  const about = `${JSON.stringify(asked).slice(0, 500)} was answered ${status} ${body.slice(0, 300)}`;
  expect(status, about).toBeGreaterThanOrEqual(200);
  expect(status, about).toBeLessThan(500);
  if (status < 400 || body === '') return;
  if (type.startsWith(JSON_TYPE)) expect(JSON.parse(body), about).toHaveProperty('error.message');
  else {
    expect(type, about).toBe('application/problem+json');
    const problem = problemSchema.parse(JSON.parse(body));
    expect(PROBLEMS[problem.code][0], about).toBe(status);
  }
}

/** Bytes on a connection of their own; resolves to what came back until either side ended it. */
export async function exchange(port: number, bytes: Buffer | string): Promise<string> {
  const socket = await openSocket(port);
  const reading = readToEnd(socket);
  socket.end(bytes);
  return reading;
}
