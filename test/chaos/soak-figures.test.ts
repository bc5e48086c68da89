import { describe, expect, it } from 'vitest';
import { readSamples, type Sample } from './samples.ts';
import { findLeaks, formatFigures, growthAnHour, seriesOf, wholeLives } from './soak-figures.ts';

const MIB = 1024 * 1024;

/** An hour in samples of 10 s; `heap` in MiB at a given hour. */
function hour(process: string, heap: (hours: number) => number, more: Partial<Sample> = {}): Sample[] {
  return Array.from({ length: 361 }, (_, index) => ({
    seconds: index * 10,
    process,
    pid: 1,
    rss: 200 * MIB,
    heap_used: heap(index / 360) * MIB,
    heap_total: 80 * MIB,
    external: 5 * MIB,
    descriptors: 30,
    resources: 5,
    ...more,
  }));
}

describe('growth', () => {
  it('is that of a steady leak, whatever the process took to warm up', () => {
    const [series] = seriesOf(hour('api', (hours) => (hours < 0.2 ? hours * 100 : 20 + 3 * hours)));
    expect(series && growthAnHour(series, 'heap_used')).toBeCloseTo(3, 0);
  });

  it('is nothing where there is one sample', () => {
    const [series] = seriesOf(hour('api', () => 20).slice(0, 1));
    expect(series && growthAnHour(series, 'rss')).toBe(0);
  });
});

describe('leaks', () => {
  it('are found in the heap and in descriptors', () => {
    const leaky = hour('api', (hours) => 30 + 6 * hours);
    const holding = hour('worker-1', () => 30).map((sample) => ({
      ...sample,
      descriptors: sample.seconds / 60,
    }));
    expect(findLeaks(seriesOf([...leaky, ...holding]))).toEqual([
      'api: heap, MiB grows by 6.0 an hour, over 4',
      'worker-1: descriptors grows by 60.0 an hour, over 10',
    ]);
  });

  it('are not found where garbage comes and goes, nor in a burst of load', () => {
    expect(findLeaks(seriesOf(hour('api', (hours) => 30 + 5 * Math.sin(hours * 300))))).toEqual([]);
    expect(findLeaks(seriesOf(hour('api', (hours) => (hours > 0.9 && hours < 0.95 ? 90 : 30))))).toEqual([]);
  });
});

it('takes a process that was started again for another one, and judges only those that lived through it all', () => {
  const first = hour('worker-2', (hours) => 100 * hours).slice(0, 100);
  const second = hour('worker-2', (hours) => 100 * hours, { pid: 2 }).slice(100);
  const series = seriesOf([...hour('api', () => 30), ...first, ...second]);
  expect(series.map(({ process, pid }) => `${process} ${pid}`)).toEqual([
    'api 1',
    'worker-2 1',
    'worker-2 2',
  ]);
  expect(wholeLives(series).map(({ process }) => process)).toEqual(['api']);
});

it('shows five times and the growth', () => {
  expect(formatFigures(seriesOf(hour('api', (hours) => 30 + 2 * hours))).split('\n')).toEqual([
    '| process | what | 0 min | 15 min | 30 min | 45 min | 60 min | growth an hour |',
    '|---|---|---:|---:|---:|---:|---:|---:|',
    '| api | RSS, MiB | 200 | 200 | 200 | 200 | 200 | 0.0 |',
    '| api | heap, MiB | 30 | 31 | 31 | 32 | 32 | 2.0 |',
    '| api | descriptors | 30 | 30 | 30 | 30 | 30 | 0.0 |',
  ]);
});

it('reads samples back as they were written', () => {
  const csv =
    'seconds,process,pid,rss,heap_used,heap_total,external,descriptors,resources\n10,api,7,100,50,60,4,null,3\n';
  expect(readSamples(csv)).toEqual([
    {
      seconds: 10,
      process: 'api',
      pid: 7,
      rss: 100,
      heap_used: 50,
      heap_total: 60,
      external: 4,
      descriptors: null,
      resources: 3,
    },
  ]);
});
