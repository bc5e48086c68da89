import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { applyWrite } from '../../shared/job/apply-write.ts';
import { equals, type JobWrite, type WriteResult } from '../../shared/job/job-write.ts';
import { newJob } from '../../shared/job/new-job.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { JobWriter, TOGETHER_MS, type WriteKind } from './job-writer.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function aJob(): JobRecord {
  return newJob(
    {
      id: '0'.repeat(32),
      client: 'c',
      payloadHash: 'h',
      createToken: 't',
      keyed: false,
      traceId: 't',
      question: 'q',
      mode: 'balanced',
      strategy: 'consensus',
      metadata: {},
      panel: [],
      simulated: false,
      quorum: 1,
      deadlineSeconds: 60,
    },
    0,
  );
}

/** A table of one job that answers when told to. */
class SlowTable {
  readonly clock = new VirtualClock();
  job = aJob();
  readonly writes: JobWrite[] = [];
  readonly #waiting: (() => void)[] = [];

  send = async (write: JobWrite): Promise<WriteResult> => {
    this.writes.push(write);
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const next = applyWrite(this.job, write);
    if (!next) return { applied: false, job: this.job };
    this.job = next;
    return { applied: true, job: next };
  };

  writer(): JobWriter {
    return new JobWriter(this.job, this.send, { clock: this.clock, observe: () => {} });
  }

  async answer(): Promise<void> {
    await turn();
    this.#waiting.shift()?.();
    await turn();
  }
}

const note =
  (key: string, value: string, extra: JobWrite['require'] = []) =>
  (job: JobRecord) => ({
    id: job.id,
    require: [equals(['fence'], job.fence), ...extra],
    set: [[['metadata', key], value] as const],
    remove: [],
    revise: true,
  });

describe('JobWriter', () => {
  it('puts what comes while a write is under way into the next one', async () => {
    const table = new SlowTable();
    const writer = table.writer();
    const first = writer.write(note('a', 'a'));
    await turn();
    const all = [first, ...['b', 'c', 'd'].map((key) => writer.write(note(key, key)))];
    await table.answer();
    await table.answer();
    expect((await Promise.all(all)).map(({ applied }) => applied)).toEqual([true, true, true, true]);
    expect(table.writes.map(({ set }) => set.length)).toEqual([1, 3]);
    expect(table.job).toMatchObject({ metadata: { a: 'a', b: 'b', c: 'c', d: 'd' }, revision: 3 });
  });

  it('makes one write of what comes at once, also of what follows from the first', async () => {
    const table = new SlowTable();
    const writer = table.writer();
    const first = writer.write(note('a', 'a'));
    const second = Promise.resolve().then(() => writer.write(note('b', 'b')));
    await table.answer();
    await Promise.all([first, second]);
    expect(table.writes).toHaveLength(1);
  });

  it('lets facts wait for others that come soon, and for nothing else', async () => {
    const table = new SlowTable();
    const writer = table.writer();
    const first = writer.write(note('a', 'a'), 'fact');
    await turn();
    await table.clock.advance(TOGETHER_MS - 1);
    const second = writer.write(note('b', 'b'), 'fact');
    expect(table.writes).toHaveLength(0);
    await table.clock.advance(1);
    const third = writer.write(note('c', 'c'), 'fact');
    await table.answer();
    await table.answer();
    await Promise.all([first, second, third]);
    expect(table.writes.map(({ set }) => set.map(([path]) => path[1]))).toEqual([['a', 'b'], ['c']]);
    expect(table.clock.sleeping).toBe(0);
  });

  it.each<WriteKind>(['decision', 'end'])('lets no %s wait for facts', async (kind) => {
    const table = new SlowTable();
    const writer = table.writer();
    const fact = writer.write(note('a', 'a'), 'fact');
    await turn();
    await table.clock.advance(1);
    const other = writer.write(note('b', 'b'), kind);
    await table.answer();
    await Promise.all([fact, other]);
    expect(table.writes.map(({ set }) => set.map(([path]) => path[1]))).toEqual([['a', 'b']]);
    expect(table.clock.sleeping).toBe(0);
  });

  it('puts an end with the facts before it, shows it what these are, and lets nothing in behind it', async () => {
    const table = new SlowTable();
    const writer = table.writer();
    const before: (unknown[] | undefined)[] = [];
    const seeing = (key: string) => (job: JobRecord, earlier?: JobWrite) => {
      before.push(earlier?.set.map(([path]) => path[1]));
      return note(key, key)(job);
    };
    const all = [
      writer.write(seeing('a'), 'fact'),
      writer.write(seeing('b'), 'end'),
      writer.write(seeing('c')),
    ];
    await table.answer();
    await table.answer();
    await Promise.all(all);
    expect(table.writes.map(({ set }) => set.map(([path]) => path[1]))).toEqual([['a', 'b'], ['c']]);
    expect(before).toEqual([undefined, ['a'], undefined]);
  });

  it('never puts an end with another decision', async () => {
    const table = new SlowTable();
    const writer = table.writer();
    const all = [writer.write(note('a', 'a')), writer.write(note('b', 'b'), 'end')];
    await table.answer();
    await table.answer();
    await Promise.all(all);
    expect(table.writes).toHaveLength(2);
  });

  it('keeps writes of the same field apart, in order', async () => {
    const table = new SlowTable();
    const writer = table.writer();
    const all = ['1', '2', '3'].map((value) => writer.write(note('a', value)));
    for (let turn = 0; turn < 3; turn += 1) await table.answer();
    await Promise.all(all);
    expect(table.writes).toHaveLength(3);
    expect(table.job.metadata.a).toBe('3');
  });

  it('never adopts a job under another fence', async () => {
    const table = new SlowTable();
    const writer = table.writer();
    table.job = { ...table.job, fence: 7, revision: 9 };
    const first = writer.write(note('a', 'a'));
    await table.answer();
    expect(await first).toMatchObject({ applied: false, job: { fence: 7 } });
    const second = writer.write(note('a', 'a'));
    await table.answer();
    expect((await second).applied).toBe(false);
    expect(writer.job.fence).toBe(0);
  });

  it('rejects a write that cannot be built, and goes on with the others', async () => {
    const table = new SlowTable();
    const writer = table.writer();
    const first = writer.write(note('a', 'a'));
    const broken = writer.write(() => {
      throw new Error('not from this state');
    });
    const last = writer.write(note('b', 'b'));
    const refused = expect(broken).rejects.toThrow('not from this state');
    await table.answer();
    await table.answer();
    await refused;
    expect([(await first).applied, (await last).applied]).toEqual([true, true]);
  });

  it('judges each write as if it were alone, however they share', async () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      refused: fc.boolean(),
      kind: fc.constantFrom<WriteKind[]>('fact', 'decision', 'end'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const table = new SlowTable();
        const writer = table.writer();
        const results = steps.map(({ key, refused, kind }, index) => {
          const extra = refused ? [equals(['status'], 'nonsense')] : [];
          return writer.write(note(key, String(index), extra), kind);
        });
        const settled = Promise.all(results);
        await turn();
        await table.clock.advance(TOGETHER_MS);
        for (let answers = 0; answers < 3 * steps.length + 1; answers += 1) await table.answer();
        expect((await settled).map(({ applied }) => applied)).toEqual(steps.map(({ refused }) => !refused));
        const expected: Record<string, string> = {};
        steps.forEach(({ key, refused }, index) => {
          if (!refused) expected[key] = String(index);
        });
        expect(table.job.metadata).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
