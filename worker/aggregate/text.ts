/** Orders by code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const SENTENCE_END = /[.!?…]\s+|\n+/g;

/** Sentences and lines of a plain text, in order, none of them blank. */
export function* eachSentence(plain: string): Generator<string, void> {
  let from = 0;
  for (const { 0: end, index } of plain.matchAll(SENTENCE_END)) {
    const sentence = plain.slice(from, end.startsWith('\n') ? index : index + 1);
    if (sentence.trim() !== '') yield sentence;
    from = index + end.length;
  }
  const last = plain.slice(from);
  if (last.trim() !== '') yield last;
}

export function splitSentences(plain: string): string[] {
  const sentences: string[] = [];
  for (const sentence of eachSentence(plain)) sentences.push(sentence);
  return sentences;
}

/** True of plain English and the like, which need no look at Unicode's classes. */
export function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
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
const IN_WORD = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{L}\p{N}\p{M}]/u;

/** The same for plain English, and for Western languages: several times as fast. */
const ASCII_WORD = /\d+(?:[.,]\d+)+|[A-Za-z0-9]+/g;
const WESTERN_WORD = /[\d²³¹¼-¾]+(?:[.,][\d²³¹¼-¾]+)+|[A-Za-z\dª²³¹º¼-¾À-ÖØ-öø-ÿ]+/g;

/** Latin-1, whose micro sign is a Greek letter, and the dashes and quotation marks of typography. */
const WESTERN = /^[\0-\u00b4\u00b6-\u00ff\u2010-\u2027]*$/;

/** True of English, Portuguese and the like as they are written. */
export function isWestern(text: string): boolean {
  return isAscii(text) || WESTERN.test(text);
}

/**
 * The words of a plain text as they are written; a number with its decimal or thousands marks is one word.
 */
export function splitWords(plain: string): string[] {
  if (isAscii(plain)) return plain.match(ASCII_WORD) ?? [];
  return plain.match(isWestern(plain) ? WESTERN_WORD : WORD) ?? [];
}

/** True where `splitWords` finds any. */
export function hasWord(plain: string): boolean {
  return IN_WORD.test(plain);
}

/** At most `maxLength` UTF-16 units, cut between characters, ending in `…` where something was cut. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength - 1);
  const whole = /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
  return `${whole.trimEnd()}…`;
}
