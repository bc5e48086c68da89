/** Orders by code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Normalising can make a hostile text eighteen times as long: what lies beyond is not looked at. */
const MAX_PLAIN_LENGTH = 64 * 1024;

/**
 * The text without its Markdown dress: NFKC, no marks, no addresses, one space or one line break at a time.
 */
export function plainText(markdown: string): string {
  return (
    markdown
      .normalize('NFKC')
      .slice(0, MAX_PLAIN_LENGTH)
      .replace(/!?\[([^\][\n]{0,500})\]\([^()\s]{0,2000}\)/g, '$1')
      .replace(/https?:\/\/\S+/g, ' ')
      .replace(/^[ \t]*```.*$/gm, '')
      .replace(/^[ \t]*(?:#{1,6}|>|[-*+•])[ \t]+/gm, '')
      .replace(/[*`~\u200b-\u200d\ufeff]|__/g, '')
      // A space by itself stays as it is: nearly all of them.
      .replace(/[^\S\n]{2,}|(?! )[^\S\n]/g, ' ')
      .replace(/ ?\n[ \n]*/g, '\n')
      .trim()
  );
}

/** Sentences and lines of a plain text, in order, none of them blank. */
export function splitSentences(plain: string): string[] {
  return plain.split(/(?<=[.!?…])\s+|\n+/).filter((sentence) => sentence.trim() !== '');
}

const ASCII = /^[\t\n\x20-\x7e]*$/;

/** True of plain English and the like, which need no look at Unicode's classes. */
export function isAscii(text: string): boolean {
  return ASCII.test(text);
}

/** Lower case without accents, so that `Política` and `politica` are one word. */
export function foldWord(word: string): string {
  if (isAscii(word)) return word.toLowerCase();
  return word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}

/** Scripts written without spaces count by the character. */
const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{N}\p{M}]+/gu;

/** The same for plain English: several times as fast. */
const ASCII_WORD = /\d+(?:[.,]\d+)+|[A-Za-z0-9]+/g;

/**
 * The words of a plain text as they are written; a number with its decimal or thousands marks is one word.
 */
export function splitWords(plain: string): string[] {
  return plain.match(isAscii(plain) ? ASCII_WORD : WORD) ?? [];
}

/** At most `maxLength` UTF-16 units, cut between characters, ending in `…` where something was cut. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength - 1);
  const whole = /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
  return `${whole.trimEnd()}…`;
}
