import { widthOf } from '../../api/cli/terminal.ts';
import type { Look, Run } from './screen.ts';

const CELL = { width: 8.4, height: 20 };
const PADDING = 20;
const BAR_HEIGHT = 32;

const PALETTE: Record<string, string> = {
  text: '#e6edf3',
  background: '#0d1117',
  bar: '#21262d',
  black: '#484f58',
  red: '#ff7b72',
  green: '#3fb950',
  yellow: '#d29922',
  blue: '#58a6ff',
  magenta: '#bc8cff',
  cyan: '#39c5cf',
  white: '#b1bac4',
};

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');

function attributesOf({ bold, dim, italic, underline, strike, color }: Look): string {
  const decoration = [underline && 'underline', strike && 'line-through'].filter(Boolean).join(' ');
  return [
    color && ` fill="${PALETTE[color]}"`,
    bold && ' font-weight="bold"',
    dim && ' opacity="0.6"',
    italic && ' font-style="italic"',
    decoration && ` text-decoration="${decoration}"`,
  ]
    .filter(Boolean)
    .join('');
}

/** The words of a run, each with its column; what one space joins stays together. Viewers drop spaces at the ends. */
function placeWords(text: string): { words: string; column: number }[] {
  return [...text.matchAll(/\S+(?: \S+)*/g)].map(({ 0: words, index }) => ({
    words,
    column: widthOf(text.slice(0, index)),
  }));
}

/** Everything has its place and its length in cells: whatever font a viewer has, the columns stay. */
function drawLine(runs: readonly Run[], row: number): string[] {
  const y = (BAR_HEIGHT + PADDING + (row + 0.7) * CELL.height).toFixed(1);
  let begin = 0;
  return runs.flatMap(({ text, look }) => {
    const drawn = placeWords(text).map(({ words, column }) => {
      const x = (PADDING + (begin + column) * CELL.width).toFixed(1);
      const length = (widthOf(words) * CELL.width).toFixed(1);
      return `<text x="${x}" y="${y}" textLength="${length}"${attributesOf(look)}>${escapeXml(words)}</text>`;
    });
    begin += widthOf(text);
    return drawn;
  });
}

/** A picture of a terminal with these lines on it, and nothing to load or to run in it. */
export function drawTerminal(
  lines: readonly Run[][],
  { columns, title }: { columns: number; title: string },
) {
  const width = Math.ceil(columns * CELL.width + 2 * PADDING);
  const height = lines.length * CELL.height + BAR_HEIGHT + 2 * PADDING;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (fill, index) => `<circle cx="${20 + index * 18}" cy="16" r="5.5" fill="${fill}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${PALETTE.background}"/>`,
    `<path d="M0 ${BAR_HEIGHT}V8a8 8 0 0 1 8-8H${width - 8}a8 8 0 0 1 8 8V${BAR_HEIGHT}z" fill="${PALETTE.bar}"/>`,
    ...dots,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${PALETTE.text}">`,
    ...lines.flatMap(drawLine),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}
