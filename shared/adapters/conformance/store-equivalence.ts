import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyWrite } from '../../job/apply-write.ts';
import {
  absent,
  type Condition,
  equals,
  type JobPath,
  type JobWrite,
  oneOf,
  present,
} from '../../job/job-write.ts';
import type { JobRecord } from '../../job/record.ts';
import { someJob } from './fixtures.ts';
import type { StoreBench } from './store-bench.ts';

/** Names as users and providers choose them, some of them reserved words or full of marks. */
const name = fc.constantFrom(
  'size',
  'open-ai_1',
  '0-c',
  'a.b',
  'tag with "dots"…',
  "it's",
  '?',
  'Ü 🚀',
  'AND',
);

const mapPath = fc
  .tuple(fc.constantFrom('metadata', 'answers', 'ledger', 'waits', 'failures', 'filtered'), name)
  .map((path) => path as unknown as JobPath);

const field = fc.constantFrom('owner', 'claims', 'quorum_got', 'degraded', 'considered', 'phase');
const path = fc.oneof(
  mapPath,
  field.map((one) => [one] as unknown as JobPath),
);

const value = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.integer(),
  fc.integer().map((number) => number / 1000),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 }),
  fc.record({
    text: fc.string({ unit: 'grapheme' }),
    usage: fc.constantFrom(null, {}, { n: 0 }),
    at: fc.nat(),
  }),
);

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.integer({ min: 0, max: 2 }).map((fence) => equals(['fence'], fence)),
  fc.integer({ min: 1, max: 3 }).map((revision) => equals(['revision'], revision)),
  fc.boolean().map((keyed) => equals(['keyed'], keyed)),
  fc.subarray(['queued', 'running', 'failed'], { minLength: 1 }).map((states) => oneOf(['status'], states)),
  path.map((one) => present(...one)),
  path.map((one) => absent(...one)),
);

/** `knows`: what the writer says that it saw last. */
type Change = Omit<JobWrite, 'id'> & { knows: 'nothing' | 'all' | 'an older one' };

const change: fc.Arbitrary<Change> = fc
  .record({
    require: fc.array(condition, { maxLength: 2 }),
    paths: fc.uniqueArray(path, { minLength: 1, maxLength: 5, selector: (one) => one.join(' ') }),
    values: fc.array(value, { minLength: 5, maxLength: 5 }),
    removed: fc.nat(2),
    revise: fc.boolean(),
    knows: fc.constantFrom('nothing' as const, 'all' as const, 'an older one' as const),
  })
  .map(({ require, paths, values, removed, revise, knows }) => ({
    require,
    knows,
    set: paths.slice(removed).map((one, index) => [one, values[index] ?? null] as const),
    remove: paths.slice(0, removed),
    revise,
  }));

/** Does the changes one after the other, each as the model does it. */
async function expectAsModel({ store, clock }: StoreBench, changes: readonly Change[]): Promise<void> {
  let model: JobRecord = someJob(clock);
  let older: JobRecord | undefined;
  await store.createJob(model);
  for (const { knows, ...one } of changes) {
    const write = { ...one, id: model.id };
    const next = applyWrite(model, write);
    const known = { nothing: undefined, all: model, 'an older one': older }[knows];
    const result = await store.writeJob(write, known);
    if (next && write.revise) older = model;
    model = JSON.parse(JSON.stringify(next ?? model));
    expect(result, JSON.stringify(write)).toEqual({ applied: next !== undefined, job: model });
  }
  expect(await store.getJob(model.id)).toEqual(model);
}

export function equivalenceCases(bench: StoreBench): void {
  it('does and refuses random writes of many jobs at once as the model does', async () => {
    const jobs = fc.array(fc.array(change, { maxLength: 6 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(jobs, async (changes) => {
        await Promise.all(changes.map((one) => expectAsModel(bench, one)));
      }),
      { numRuns: 10 },
    );
  });
}
