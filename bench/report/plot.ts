import { type Bar, type Row, verdictOf } from './row.ts';
import { spread } from './table.ts';

const WIDTH = 900;
const LEFT = 380;
const RIGHT = 150;
const ROW_HEIGHT = 34;
const TOP = 56;
const BOTTOM = 34;
/** The axis never ends closer to the gate than this. */
const LEAST = 0.25;
const MOST = 2;

type Gated = Row & { bar: Bar };

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A value as a share of its gate: below 1 is within, whichever way is better. */
function share({ bar }: Gated, value: number): number {
  return bar.better === 'lower' ? value / bar.gate : bar.gate / value;
}

function shares(row: Gated) {
  const { median, min, max } = row.ratio ?? row.ours;
  const [a, b] = [share(row, min), share(row, max)];
  return {
    median: share(row, median),
    low: Math.min(a, b),
    high: Math.max(a, b),
    moonshot: row.bar.moonshot === undefined ? undefined : share(row, row.bar.moonshot),
  };
}

/** Powers of two from `low` to `high`. */
function ticks(low: number, high: number): number[] {
  const [first, last] = [Math.floor(Math.log2(low)), Math.ceil(Math.log2(high))];
  return Array.from({ length: last - first + 1 }, (_, index) => 2 ** (first + index));
}

const STYLE = `text{font:13px system-ui,sans-serif;fill:#1f2328}.dim{fill:#656d76}.grid{stroke:#d1d9e0}
.gate{stroke:#1f2328;stroke-width:1.5}.moonshot{stroke:#8250df;stroke-width:2.5}.line{stroke-width:3;opacity:.45}
.met{fill:#1a7f37;stroke:#1a7f37}.missed{fill:#cf222e;stroke:#cf222e}
@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.dim{fill:#9198a1}.grid{stroke:#3d444d}.gate{stroke:#f0f6fc}
.moonshot{stroke:#ab7df8}.met{fill:#3fb950;stroke:#3fb950}.missed{fill:#f85149;stroke:#f85149}}`;

function drawRow(row: Gated, y: number, x: (value: number) => number): string {
  const { median, low, high, moonshot } = shares(row);
  const kind = verdictOf(row) === 'missed' ? 'missed' : 'met';
  const value = row.ratio
    ? `${spread({ ...row.ratio, values: [0] })} ×`
    : `${spread({ ...row.ours, values: [0] })} ${row.unit}`;
  return [
    `<text x="${LEFT - 14}" y="${y + 4}" text-anchor="end">${escapeXml(row.what)}</text>`,
    ...(moonshot === undefined
      ? []
      : [`<line class="moonshot" x1="${x(moonshot)}" x2="${x(moonshot)}" y1="${y - 9}" y2="${y + 9}"/>`]),
    `<line class="line ${kind}" x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}"/>`,
    `<circle class="${kind}" cx="${x(median)}" cy="${y}" r="5"/>`,
    `<text x="${WIDTH - RIGHT + 14}" y="${y + 4}">${escapeXml(value)}</text>`,
  ].join('\n');
}

/** Every row with a gate on one axis, as a share of its gate: left of the line is within. */
export function plotSvg(rows: readonly Row[]): string {
  const gated = rows.filter((row): row is Gated => row.bar !== undefined);
  const all = gated.flatMap((row) => Object.values(shares(row)).filter((value) => value !== undefined));
  const marks = ticks(Math.min(LEAST, ...all), Math.max(MOST, ...all));
  const [first = 1, last = 1] = [marks[0], marks.at(-1)];
  const span = Math.log2(last / first);
  const x = (value: number) =>
    Math.round((LEFT + ((WIDTH - LEFT - RIGHT) * Math.log2(value / first)) / span) * 10) / 10;
  const height = TOP + gated.length * ROW_HEIGHT + BOTTOM;
  const grid = marks.map((mark) => {
    const line = `<line class="${mark === 1 ? 'gate' : 'grid'}" x1="${x(mark)}" x2="${x(mark)}" y1="${TOP - 8}" y2="${height - BOTTOM}"/>`;
    // Every other one, so that they do not touch.
    const label = mark === 1 ? 'gate' : Math.log2(mark) % 2 === 0 ? `${mark} ×` : '';
    return `${line}<text class="dim" x="${x(mark)}" y="${height - 12}" text-anchor="middle">${label}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Each measure as a share of its gate">`,
    `<style>${STYLE}</style>`,
    `<text x="${LEFT}" y="24">Each measure as a share of its gate; less is better</text>`,
    `<text class="dim" x="${LEFT}" y="40">dot: median · line: all runs · violet: moonshot</text>`,
    ...grid,
    ...gated.map((row, index) => drawRow(row, TOP + index * ROW_HEIGHT + ROW_HEIGHT / 2, x)),
    '</svg>',
    '',
  ].join('\n');
}
