import type { Sample } from './samples.ts';

export type Quantity = 'rss' | 'heap_used' | 'descriptors';

/** One process from its start to its end: a process that was started again is another series. */
export interface Series {
  process: string;
  pid: number;
  samples: Sample[];
}

/** What a process takes to warm up says nothing about leaks. */
const WARM_UP_SHARE = 0.25;
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

/** By least squares, in units of `measureOf` an hour; the first quarter is left out. */
export function slopeAnHour({ samples }: Series, quantity: Quantity): number {
  const from = (samples.at(-1)?.seconds ?? 0) * WARM_UP_SHARE;
  const points = samples
    .filter(({ seconds }) => seconds >= from)
    .map((sample) => ({ x: sample.seconds / 3600, y: measureOf(sample, quantity) }));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const slope = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
  return Number.isFinite(slope) ? slope : 0;
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

/** Each process that lived through it all, at five times, and how it grows. In Markdown. */
export function formatFigures(series: readonly Series[]): string {
  const lives = wholeLives(series);
  const minutes = SHARES.map((share) =>
    lives[0] ? `${Math.round(sampleAt(lives[0], share).seconds / 60)} min` : '–',
  );
  const rows = lives.flatMap((one) =>
    (Object.keys(NAMES) as Quantity[]).map((quantity) => {
      const values = SHARES.map((share) => measureOf(sampleAt(one, share), quantity).toFixed(0));
      const slope = slopeAnHour(one, quantity);
      return `| ${one.process} | ${NAMES[quantity]} | ${values.join(' | ')} | ${slope.toFixed(1)} |`;
    }),
  );
  return [
    `| process | what | ${minutes.join(' | ')} | an hour |`,
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
      const slope = slopeAnHour(one, quantity);
      return slope > limit
        ? [`${one.process}: ${NAMES[quantity]} grows by ${slope.toFixed(1)} an hour, over ${limit}`]
        : [];
    }),
  );
}
