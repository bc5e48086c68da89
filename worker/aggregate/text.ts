/** Orders by code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Up to the first sign that is no longer of the sentence. */
const TO_SENTENCE_END = /[.!?…]\s|\n/g;
const SPACES = /\s+/y;
const LINE_BREAKS = /\n+/y;

/** Where an expression, looking from `from` on, has got to; 0 where it finds nothing. A match would list its parts. */
function endOfMatch(expression: RegExp, text: string, from: number): number {
  expression.lastIndex = from;
  expression.test(text);
  return expression.lastIndex;
}

/** The sentences and lines of a plain text, one after the other, none of them blank. */
export class Sentences {
  readonly #plain: string;
  /** Where the next one begins; none where the text has been read. */
  #from: number | undefined = 0;

  constructor(plain: string) {
    this.#plain = plain;
  }

  next(): string | undefined {
    while (this.#from !== undefined) {
      const sentence = this.#cut(this.#from);
      if (sentence.trim() !== '') return sentence;
    }
    return undefined;
  }

  #cut(from: number): string {
    const plain = this.#plain;
    const after = endOfMatch(TO_SENTENCE_END, plain, from);
    const end = after === 0 ? plain.length : after - 1;
    const endsByMark = plain[end] !== '\n' || '.!?…'.includes(plain.charAt(end - 1) || ' ');
    this.#from = after === 0 ? undefined : endOfMatch(endsByMark ? SPACES : LINE_BREAKS, plain, end);
    return plain.slice(from, end);
  }
}

export function splitSentences(plain: string): string[] {
  const list: string[] = [];
  const sentences = new Sentences(plain);
  for (let one = sentences.next(); one !== undefined; one = sentences.next()) list.push(one);
  return list;
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
