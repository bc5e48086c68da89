import { hash } from 'node:crypto';
import table from '../table.json' with { type: 'json' };

function sha256(...parts: string[]): string {
  // Lengths before contents: no two lists of parts run together into the same bytes.
  return hash('sha256', parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join(''));
}

/** With an Idempotency-Key the job's row is the key's record: its id follows from client and key. */
export function jobIdOfKey(client: string, key: string): string {
  return sha256('job', client, key).slice(0, 32);
}

export function hashOf(...parts: string[]): string {
  return sha256(...parts);
}

/** In which of the open jobs' index shards a job stands. */
export function shardOf(jobId: string): string {
  return String(Number.parseInt(sha256('shard', jobId).slice(0, 8), 16) % table.open_shards);
}

export const JOB_ID = /^[0-9a-f]{32}$/;

/** Sorts by time of creation, then id. */
export function createdAtId(createdAt: number, id: string): string {
  return `${new Date(createdAt).toISOString()}#${id}`;
}
