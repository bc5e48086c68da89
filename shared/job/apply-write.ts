import { type Condition, type JobWrite, valueAt } from './job-write.ts';
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

/** The tree with `change` made to what stands around the last key of `path`; all that is not on the way is shared. */
function changed(tree: Tree, path: readonly string[], change: (parent: Tree, key: string) => void): Tree {
  const [key = '', ...rest] = path;
  const copy = { ...tree };
  if (rest.length === 0) change(copy, key);
  else {
    const child = tree[key];
    if (typeof child !== 'object' || child === null)
      throw new Error(`${path.join('.')} cannot be written: nothing stands at its parent`);
    copy[key] = changed(child as Tree, rest, change);
  }
  return copy;
}

/**
 * What a job becomes by a write, as the table would do it; undefined where the write is refused.
 * The job given is left as it is; what the write does not change is shared with it.
 */
export function applyWrite(job: JobRecord, write: JobWrite): JobRecord | undefined {
  if (job.deleted || !write.require.every((condition) => holds(job, condition))) return undefined;
  let next = job as unknown as Tree;
  for (const [path, value] of write.set)
    next = changed(next, path, (parent, key) => {
      parent[key] = value;
    });
  for (const path of write.remove)
    next = changed(next, path, (parent, key) => {
      delete parent[key];
    });
  const revision = write.revise ? job.revision + 1 : job.revision;
  return { ...(next as unknown as JobRecord), revision };
}
