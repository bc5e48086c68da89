import { stripVTControlCharacters, styleText } from 'node:util';

/** Where the command line writes: results to `out`, everything else to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** A person reads what is written to `out`. */
  outIsTerminal: boolean;
  /** `err` can redraw what it showed. */
  errIsTerminal: boolean;
  columns: number;
  color: boolean;
}

export type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** Styles text where colors are wanted; each word by itself, so that a line can be broken between any two. */
export function createPaint(color: boolean): Paint {
  if (!color) return (_style, text) => text;
  return (style, text) => text.replace(/\S+/g, (word) => styleText(style, word, { validateStream: false }));
}

/** Text from elsewhere, without what would move the cursor, recolor the terminal or turn the reading direction. */
export function cleanText(text: string): string {
  return stripVTControlCharacters(text).replace(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '');
}

const BARE_IN_JSON = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** JSON that does no more to a terminal than `cleanText` lets through, with every character still in it. */
export function cleanJson(value: unknown): string {
  const toEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, 2).replace(BARE_IN_JSON, toEscape);
}

const graphemes = new Intl.Segmenter();
const WIDE =
  /^(\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul})/u;

/** Columns that a text takes, its styles not counted. */
export function widthOf(text: string): number {
  const plain = stripVTControlCharacters(text);
  if (/^[ -~]*$/.test(plain)) return plain.length;
  let width = 0;
  for (const { segment } of graphemes.segment(plain)) {
    width += WIDE.test(segment) ? 2 : 1;
  }
  return width;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** Cuts an unstyled line that is too long, and shows that it did. */
export function shorten(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line;
  let cut = '';
  for (const { segment } of graphemes.segment(line)) {
    if (widthOf(cut + segment) > columns - 1) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}

/** Breaks a text, styled or not, into lines at its spaces; a word that is longer than a line stands alone. */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    let lineWidth = 0;
    for (const word of paragraph.split(/ +/).filter((part) => part !== '')) {
      const wordWidth = widthOf(word);
      if (line === '' || lineWidth + 1 + wordWidth > columns) {
        if (line !== '') lines.push(line);
        line = word;
        lineWidth = wordWidth;
      } else {
        line = `${line} ${word}`;
        lineWidth += 1 + wordWidth;
      }
    }
    return [...lines, line];
  });
}
