import { widthOf } from '../../api/cli/terminal.ts';
import type { Look, Run } from './screen.ts';

export const CELL = { width: 8.4, height: 20 };
export const PADDING = 20;
export const BAR_HEIGHT = 32;

const PALETTE: Record<string, string> = {
  text: '#e6edf3',
  background: '#0d1117',
  bar: '#21262d',
  border: '#30363d',
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

/** One run of what looks alike and only a space stands between: words are often styled one by one. */
function joinRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const { text, look } of runs) {
    const [before, space] = joined.slice(-2);
    const isLike = (run: Run | undefined) => run && JSON.stringify(run.look) === JSON.stringify(look);
    if (before && space?.text === ' ' && isLike(before)) {
      before.text += ` ${text}`;
      joined.pop();
    } else joined.push({ text, look });
  }
  return joined;
}

/** The words of a run, each with its column; what one space joins stays together. Viewers drop spaces at the ends. */
function placeWords(text: string): { words: string; column: number }[] {
  return [...text.matchAll(/\S+(?: \S+)*/g)].map(({ 0: words, index }) => ({
    words,
    column: widthOf(text.slice(0, index)),
  }));
}

/**
 * A line of the screen, its upper left corner at 0, 0. Everything has its place and its length in cells:
 * whatever font a viewer has, the columns stay.
 */
export function drawLine(runs: readonly Run[]): string {
  let begin = 0;
  const drawn = joinRuns(runs).flatMap(({ text, look }) => {
    const words = placeWords(text).map(({ words, column }) => {
      const x = ((begin + column) * CELL.width).toFixed(1);
      const length = (widthOf(words) * CELL.width).toFixed(1);
      return `<text x="${x}" y="14" textLength="${length}"${attributesOf(look)}>${escapeXml(words)}</text>`;
    });
    begin += widthOf(text);
    return words;
  });
  return drawn.join('');
}

/** The window of a terminal as an SVG, `body` in the place of its screen; nothing in it is loaded or run. */
export function drawWindow(
  body: readonly string[],
  { columns, rows, title, style }: { columns: number; rows: number; title: string; style: string },
): string {
  const width = Math.ceil(columns * CELL.width + 2 * PADDING);
  const height = rows * CELL.height + BAR_HEIGHT + 2 * PADDING;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (fill, index) => `<circle cx="${20 + index * 18}" cy="16" r="5.5" fill="${fill}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>${style}</style>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${PALETTE.background}" stroke="${PALETTE.border}"/>`,
    `<path d="M0 ${BAR_HEIGHT}V8a8 8 0 0 1 8-8H${width - 8}a8 8 0 0 1 8 8V${BAR_HEIGHT}z" fill="${PALETTE.bar}"/>`,
    ...dots,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${PALETTE.text}">`,
    ...body,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}
