import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliBench, NO_ANSWER } from '../testing/cli-bench.ts';

const cli = new CliBench();
const { api } = cli;
const run = cli.run.bind(cli);
const nextJob = cli.nextJob.bind(cli);
beforeAll(() => cli.start());
afterAll(() => cli.close());

describe('a file of questions', () => {
  const FILE = 'What is one?\n\n{"question":"What is two?","mode":"fast"}\n"What is one?"\n';

  it('is answered in its order, and asked once however often it is run', async () => {
    const options = { readFile: async () => FILE };
    const first = run(['ask', '--file', 'f.txt', '--concurrency', '3', '--no-cache'], options);
    const ids = [await nextJob(), await nextJob(), await nextJob()];
    for (const id of ids.toReversed()) {
      const job = await api.memoryStore.getJob(id);
      if (job?.question === 'What is two?') {
        await api.worker.end(id, { status: 'failed', error: NO_ANSWER });
      } else await api.worker.succeed(id, `Answer ${id}.`);
    }
    expect(await first.exit).toBe(1);
    expect(first.written.out.match(/^## .*$/gm)).toEqual([
      '## 1. What is one?',
      '## 3. What is two?',
      '## 4. What is one?',
    ]);
    expect(first.written.err).toContain('2 answered (0 degraded), 1 not');

    const second = run(['ask', '--file', 'f.txt', '--no-cache', '--json'], options);
    const again = await nextJob();
    expect(ids).not.toContain(again);
    await api.worker.succeed(again, 'At last.');
    expect(await second.exit).toBe(0);
    const { results } = JSON.parse(second.written.out);
    expect(results.map(({ line }: { line: number }) => line)).toEqual([1, 3, 4]);
    expect(results[1].job).toMatchObject({ id: again, mode: 'fast', status: 'succeeded' });
    expect(ids).toEqual(expect.arrayContaining([results[0].job.id, results[2].job.id]));
    expect(second.written.err).toBe('');
  });

  it('names the line that cannot be read', async () => {
    const { exit, written } = run(['ask', '--file', '-'], { readStdin: async () => 'fine\n{"q":1}\n' });
    expect(await exit).toBe(2);
    expect(written.err).toContain('line 2: JSON without "question"');
  });

  it('stops at Ctrl-C, and cancels what runs', async () => {
    const lines = 'What is red?\nWhat is green?\n';
    const { exit, interrupt } = run(['ask', '--file', '-', '--concurrency', '1', '--no-cache'], {
      readStdin: async () => lines,
    });
    const id = await nextJob();
    interrupt();
    expect(await exit).toBe(130);
    expect((await api.memoryStore.getJob(id))?.status).toBe('canceled');
    expect((await api.memoryQueue.depth()).visible).toBe(0);
  });
});
