import { measureOf, type Quantity, type Series } from './soak-figures.ts';

const PALETTE = ['#0b6e99', '#b3541e', '#5b7f1f', '#7a4fa3'];
const WIDTH = 720;
const FRAME = { left: 56, right: 16, height: 150, gap: 46, top: 40 };
const PLOT_WIDTH = WIDTH - FRAME.left - FRAME.right;
const TICKS = 4;

const CHARTS: readonly { quantity: Quantity; title: string }[] = [
  { quantity: 'rss', title: 'resident memory, MiB' },
  { quantity: 'heap_used', title: 'heap after a collection, MiB' },
  { quantity: 'descriptors', title: 'open descriptors' },
];

/** A round number that is not less, in steps of 1, 2, 2.5 or 5. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

interface Scales {
  x: (seconds: number) => number;
  y: (value: number) => number;
  maxY: number;
}

function drawSeries(
  { process, samples }: Series,
  quantity: Quantity,
  names: string[],
  { x, y }: Scales,
): string {
  const points = samples.map(
    (sample) => `${x(sample.seconds).toFixed(1)},${y(measureOf(sample, quantity)).toFixed(1)}`,
  );
  const color = PALETTE[names.indexOf(process) % PALETTE.length];
  return `<polyline fill="none" stroke="${color}" stroke-width="1.5" points="${points.join(' ')}"/>`;
}

function drawAxes(title: string, top: number, maxSeconds: number, { x, y, maxY }: Scales): string {
  const lines = Array.from({ length: TICKS + 1 }, (_, index) => {
    const value = (maxY * index) / TICKS;
    const at = y(value).toFixed(1);
    return [
      `<line x1="${FRAME.left}" y1="${at}" x2="${WIDTH - FRAME.right}" y2="${at}" stroke="#ddd"/>`,
      `<text x="${FRAME.left - 6}" y="${at}" text-anchor="end" dominant-baseline="middle">${value}</text>`,
    ].join('');
  });
  const times = Array.from({ length: TICKS + 1 }, (_, index) => {
    const seconds = (maxSeconds * index) / TICKS;
    return `<text x="${x(seconds).toFixed(1)}" y="${top + FRAME.height + 14}" text-anchor="middle">${Math.round(seconds / 60)} min</text>`;
  });
  return `<text x="${FRAME.left}" y="${top - 8}" font-weight="bold">${title}</text>${lines.join('')}${times.join('')}`;
}

function drawPanel(index: number, series: readonly Series[], names: string[], maxSeconds: number): string {
  const { quantity, title } = CHARTS[index] as (typeof CHARTS)[number];
  const top = FRAME.top + index * (FRAME.height + FRAME.gap) + 14;
  const values = series.flatMap(({ samples }) => samples.map((sample) => measureOf(sample, quantity)));
  const maxY = roundUp(Math.max(...values));
  const scales: Scales = {
    x: (seconds) => FRAME.left + (seconds / maxSeconds) * PLOT_WIDTH,
    y: (value) => top + FRAME.height * (1 - value / maxY),
    maxY,
  };
  const lines = series.map((one) => drawSeries(one, quantity, names, scales));
  return `${drawAxes(title, top, maxSeconds, scales)}${lines.join('')}`;
}

/** Memory and descriptors of each process over time; one that was started again begins a new line. */
export function drawSoak(series: readonly Series[], caption: string): string {
  const names = [...new Set(series.map(({ process }) => process))];
  const maxSeconds = Math.max(1, ...series.flatMap(({ samples }) => samples.map(({ seconds }) => seconds)));
  const height = FRAME.top + CHARTS.length * (FRAME.height + FRAME.gap) + 8;
  const legend = names.map(
    (name, index) =>
      `<text x="${FRAME.left + 330 + index * 90}" y="22" fill="${PALETTE[index % PALETTE.length]}" font-weight="bold">${name}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="11" fill="#333" role="img">`,
    `<title>${caption}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="${FRAME.left}" y="22">${caption}</text>`,
    ...legend,
    ...CHARTS.map((_, index) => drawPanel(index, series, names, maxSeconds)),
    '</svg>',
    '',
  ].join('\n');
}
