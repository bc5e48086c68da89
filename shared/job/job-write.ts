import type { JobRecord } from './record.ts';

/** Where in a job: a field, or a key in one of its maps. */
export type JobPath = readonly [keyof JobRecord, ...string[]];

export function areSamePath(a: JobPath, b: JobPath): boolean {
  if (a.length !== b.length) return false;
  for (let depth = 0; depth < a.length; depth += 1) if (a[depth] !== b[depth]) return false;
  return true;
}

export type JobValue = string | number | boolean | null | readonly unknown[] | object;

/** What must hold for a write to happen; named, so that a store can put it in its own words. */
export type Condition =
  | { kind: 'present'; path: JobPath }
  | { kind: 'absent'; path: JobPath }
  | { kind: 'equals'; path: JobPath; value: string | number | boolean }
  | { kind: 'one_of'; path: JobPath; values: readonly (string | number)[] };

/**
 * One conditional write of one job: all of it happens or none of it.
 * A write never creates a job: that it exists, and is no tombstone, is always required.
 */
export interface JobWrite {
  id: string;
  require: readonly Condition[];
  set: readonly (readonly [JobPath, JobValue])[];
  remove: readonly JobPath[];
  /** Whether readers see a change: raises `revision` by one. */
  revise: boolean;
}

export type WriteResult =
  | { applied: true; job: JobRecord }
  /** `job` is what stands there instead; absent where nothing does. */
  | { applied: false; job: JobRecord | undefined };

/** What stands at a path; undefined where nothing does. */
export function valueAt(job: JobRecord, path: JobPath): unknown {
  let value: unknown = job;
  for (const key of path) value = (value as Record<string, unknown> | undefined)?.[key];
  return value;
}

export const present = (...path: JobPath): Condition => ({ kind: 'present', path });
export const absent = (...path: JobPath): Condition => ({ kind: 'absent', path });

export function equals(path: JobPath, value: string | number | boolean): Condition {
  return { kind: 'equals', path, value };
}

export function oneOf(path: JobPath, values: readonly (string | number)[]): Condition {
  return { kind: 'one_of', path, values };
}
