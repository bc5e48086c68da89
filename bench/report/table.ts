import { type Row, verdictOf } from './row.ts';
import type { Sample } from './sample.ts';

const HEADERS = ['benchmark', 'what', 'ours', 'theirs', 'ratio', 'gate', 'moonshot', 'verdict'];

function round(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toFixed(digits);
}

/** The median, and how far the runs lie apart. */
export function spread({ median, min, max, values }: Sample): string {
  return values.length === 1 ? round(median) : `${round(median)} (${round(min)} – ${round(max)})`;
}

function limit(row: Row, value: number | undefined): string {
  if (value === undefined || row.bar === undefined) return '';
  return `${row.bar.better === 'lower' ? '≤' : '≥'} ${value}${row.ratio ? ' ×' : ''}`;
}

function cells(row: Row): string[] {
  return [
    row.benchmark,
    row.what,
    `${spread(row.ours)} ${row.unit}`,
    row.against ? `${row.against.who}: ${spread(row.against.value)} ${row.unit}` : '',
    row.ratio ? `${spread(row.ratio)} ×` : '',
    limit(row, row.bar?.gate),
    limit(row, row.bar?.moonshot),
    verdictOf(row),
  ];
}

/** The rows as a table in Markdown, with their notes below. */
export function formatTable(rows: readonly Row[]): string {
  const lines = [HEADERS, ...rows.map(cells)];
  const widths = HEADERS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const format = (line: string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [header = [], ...body] = lines;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const notes = rows.flatMap(({ benchmark, notes }) => notes.map((note) => `- ${benchmark}: ${note}`));
  return [format(header), rule, ...body.map(format), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}
