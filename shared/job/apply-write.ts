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

/** A job that is being written: a copy of each part that is changed; all else is shared with the job. */
class Draft {
  readonly root: Tree;
  readonly #copies = new Set<Tree>();

  constructor(job: JobRecord) {
    this.root = { ...job };
  }

  set(path: JobPath, value: unknown): void {
    this.#parentOf(path)[path.at(-1) as string] = value;
  }

  remove(path: JobPath): void {
    delete this.#parentOf(path)[path.at(-1) as string];
  }

  #parentOf(path: JobPath): Tree {
    let parent = this.root;
    for (let depth = 0; depth < path.length - 1; depth += 1) {
      const key = path[depth] as string;
      const child = parent[key];
      if (typeof child !== 'object' || child === null)
        throw new Error(`${path.slice(depth).join('.')} cannot be written: nothing stands at its parent`);
      parent = this.#copies.has(child as Tree) ? (child as Tree) : this.#copyInto(parent, key, child as Tree);
    }
    return parent;
  }

  #copyInto(parent: Tree, key: string, child: Tree): Tree {
    const copy = { ...child };
    parent[key] = copy;
    this.#copies.add(copy);
    return copy;
  }
}

/**
 * What a job becomes by a write, as the table would do it; undefined where the write is refused.
 * The job given is left as it is; what the write does not change is shared with it.
 */
export function applyWrite(job: JobRecord, write: JobWrite): JobRecord | undefined {
  if (job.deleted || !write.require.every((condition) => holds(job, condition))) return undefined;
  const draft = new Draft(job);
  for (const [path, value] of write.set) draft.set(path, value);
  for (const path of write.remove) draft.remove(path);
  if (write.revise) draft.set(['revision'], job.revision + 1);
  return draft.root as unknown as JobRecord;
}
