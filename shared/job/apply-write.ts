import { type Condition, type JobPath, type JobWrite, valueAt } from './job-write.ts';
import type { JobRecord } from './record.ts';

type Tree = Record<string, unknown>;

function holds(job: JobRecord, condition: Condition): boolean {
  const value = valueAt(job, condition.path);
  switch (condition.kind) {
    case 'present':
      return value !== undefined;
    case 'absent':
      return value === undefined;
    case 'equals':
      return value === condition.value;
    case 'one_of':
      return condition.values.includes(value as string | number);
  }
}

function parentOf(job: JobRecord, path: JobPath): Tree {
  const parent = path.slice(0, -1).reduce<unknown>((value, key) => (value as Tree | undefined)?.[key], job);
  if (typeof parent !== 'object' || parent === null) {
    throw new Error(`${path.join('.')} cannot be written: nothing stands at its parent`);
  }
  return parent as Tree;
}

/**
 * What a job becomes by a write, as the table would do it; undefined where the write is refused.
 * The job given is left as it is.
 */
export function applyWrite(job: JobRecord, write: JobWrite): JobRecord | undefined {
  if (job.deleted || !write.require.every((condition) => holds(job, condition))) return undefined;
  const next = structuredClone(job);
  for (const [path, value] of write.set) {
    parentOf(next, path)[path.at(-1) as string] = structuredClone(value);
  }
  for (const path of write.remove) delete parentOf(next, path)[path.at(-1) as string];
  if (write.revise) next.revision += 1;
  return next;
}
