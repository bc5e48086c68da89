import { appendFile, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { MemoryAnswer } from './memory-probe.ts';
import type { World } from './world.ts';

const EVERY_MS = 10_000;
const COLUMNS = [
  'seconds',
  'process',
  'pid',
  'rss',
  'heap_used',
  'heap_total',
  'external',
  'descriptors',
  'resources',
] as const;

/** What one process had at one time; bytes, after a collection of garbage. */
export interface Sample extends MemoryAnswer {
  seconds: number;
  process: string;
  pid: number;
}

/** Samples each service every 10 s into a CSV file. */
export async function sampleUntil(ended: AbortSignal, world: World, file: string): Promise<void> {
  const beganAt = performance.now();
  await writeFile(file, `${COLUMNS.join(',')}\n`);
  while (!ended.aborted) {
    const seconds = Math.round((performance.now() - beganAt) / 1000);
    for (const { name, process } of world.services) {
      const { pid } = process;
      const memory = await process.ask<MemoryAnswer>('memory');
      if (pid === undefined || !memory) continue;
      const sample: Sample = { seconds, process: name, pid, ...memory };
      await appendFile(file, `${COLUMNS.map((column) => sample[column]).join(',')}\n`);
    }
    await wait(EVERY_MS, undefined, { signal: ended }).catch(() => {});
  }
}

/** Reads what `sampleUntil` wrote. */
export function readSamples(csv: string): Sample[] {
  const [, ...lines] = csv.trim().split('\n');
  return lines.map((line) => {
    const cells = line.split(',');
    const cell = (column: (typeof COLUMNS)[number]) => cells[COLUMNS.indexOf(column)] as string;
    return {
      seconds: Number(cell('seconds')),
      process: cell('process'),
      pid: Number(cell('pid')),
      rss: Number(cell('rss')),
      heap_used: Number(cell('heap_used')),
      heap_total: Number(cell('heap_total')),
      external: Number(cell('external')),
      descriptors: cell('descriptors') === 'null' ? null : Number(cell('descriptors')),
      resources: Number(cell('resources')),
    };
  });
}
