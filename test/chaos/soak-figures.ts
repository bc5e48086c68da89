import type { Sample } from './samples.ts';

export type Quantity = 'rss' | 'heap_used' | 'descriptors';

/** One process from its start to its end: a process that was started again is another series. */
export interface Series {
  process: string;
  pid: number;
  samples: Sample[];
}

const MIB = 1024 * 1024;

export function seriesOf(samples: readonly Sample[]): Series[] {
  const byPid = Map.groupBy(samples, ({ process, pid }) => `${process} ${pid}`);
  return [...byPid.values()].map((group) => ({
    process: (group[0] as Sample).process,
    pid: (group[0] as Sample).pid,
    samples: group,
  }));
}

/** Those that lived from the first sample to the last. */
export function wholeLives(series: readonly Series[]): Series[] {
  const times = series.flatMap(({ samples }) => samples.map(({ seconds }) => seconds));
  const slackSeconds = 30;
  return series.filter(
    ({ samples }) =>
      (samples[0]?.seconds ?? 0) <= Math.min(...times) + slackSeconds &&
      (samples.at(-1)?.seconds ?? 0) >= Math.max(...times) - slackSeconds,
  );
}

/** In MiB, or a plain count. */
export function measureOf(sample: Sample, quantity: Quantity): number {
  return quantity === 'descriptors' ? (sample.descriptors ?? 0) : sample[quantity] / MIB;
}

/**
 * How what a process falls back to grows, in units of `measureOf` an hour: the least of the last third of its time
 * against the least of the third before. What it takes to warm up, and in a burst of load, is not taken for a leak.
 */
export function growthAnHour({ samples }: Series, quantity: Quantity): number {
  const thirdSeconds = (samples.at(-1)?.seconds ?? 0) / 3;
  const leastOf = (third: number) =>
    Math.min(
      ...samples
        .filter(({ seconds }) => seconds >= third * thirdSeconds && seconds <= (third + 1) * thirdSeconds)
        .map((sample) => measureOf(sample, quantity)),
    );
  const growth = ((leastOf(2) - leastOf(1)) / thirdSeconds) * 3600;
  return Number.isFinite(growth) ? growth : 0;
}

/** The sample nearest to a share, in [0, 1], of the whole time. */
function sampleAt({ samples }: Series, share: number): Sample {
  const at = (samples.at(-1)?.seconds ?? 0) * share;
  const distance = (sample: Sample) => Math.abs(sample.seconds - at);
  return samples.reduce((best, sample) => (distance(sample) < distance(best) ? sample : best));
}

const SHARES = [0, 0.25, 0.5, 0.75, 1];
const NAMES: Record<Quantity, string> = {
  rss: 'RSS, MiB',
  heap_used: 'heap, MiB',
  descriptors: 'descriptors',
};

/** Each process that lived through it all, at five times, and how the least that it falls back to grows. In Markdown. */
export function formatFigures(series: readonly Series[]): string {
  const lives = wholeLives(series);
  const minutes = SHARES.map((share) =>
    lives[0] ? `${Math.round(sampleAt(lives[0], share).seconds / 60)} min` : '–',
  );
  const rows = lives.flatMap((one) =>
    (Object.keys(NAMES) as Quantity[]).map((quantity) => {
      const values = SHARES.map((share) => measureOf(sampleAt(one, share), quantity).toFixed(0));
      const growth = growthAnHour(one, quantity);
      return `| ${one.process} | ${NAMES[quantity]} | ${values.join(' | ')} | ${growth.toFixed(1)} |`;
    }),
  );
  return [
    `| process | what | ${minutes.join(' | ')} | growth an hour |`,
    `|---|---|${SHARES.map(() => '---:').join('|')}|---:|`,
    ...rows,
  ].join('\n');
}

/** Growth, an hour, beyond which a process that lived through it all is said to leak. */
export const LEAK_LIMITS: Partial<Record<Quantity, number>> = { heap_used: 4, descriptors: 10 };

/** What grows without an end, in one line each. */
export function findLeaks(series: readonly Series[]): string[] {
  return wholeLives(series).flatMap((one) =>
    (Object.entries(LEAK_LIMITS) as [Quantity, number][]).flatMap(([quantity, limit]) => {
      const growth = growthAnHour(one, quantity);
      return growth > limit
        ? [`${one.process}: ${NAMES[quantity]} grows by ${growth.toFixed(1)} an hour, over ${limit}`]
        : [];
    }),
  );
}
