const LETTER = 1;
const DIGIT = 2;
/**
 * What each character of Latin-1 is to a word; 0: it is in none. The micro sign, a Greek letter, is in no
 * Western text.
 */
const KINDS = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\p{N}/u.test(character)) return DIGIT;
  return /\p{L}/u.test(character) ? LETTER : 0;
});

const isDigit = (code: number | undefined): boolean => KINDS[code ?? 0] === DIGIT;
const isMark = (code: number | undefined): boolean => code === 0x2c || code === 0x2e;

function endOfDigits(text: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(text[at])) at++;
  return at;
}

/** Where the first word at or after `from` begins; `to` where there is none. */
export function startOfWord(text: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && KINDS[text[at] as number] === 0) at++;
  return at;
}

/** Where a word ends that begins at `from`, as `splitWords` has it. What follows the text must be no word. */
export function endOfWord(text: Uint8Array, from: number): number {
  let at = endOfDigits(text, from);
  if (at > from && isMark(text[at]) && isDigit(text[at + 1])) {
    while (isMark(text[at]) && isDigit(text[at + 1])) at = endOfDigits(text, at + 1);
    return at;
  }
  while (KINDS[text[at] as number] !== 0) at++;
  return at;
}
