import { foldWord } from './text.ts';

const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    one: '1',
    two: '2',
    three: '3',
    four: '4',
    five: '5',
    six: '6',
    seven: '7',
    eight: '8',
    nine: '9',
    ten: '10',
    eleven: '11',
    twelve: '12',
    dois: '2',
    duas: '2',
    tres: '3',
    quatro: '4',
    cinco: '5',
    seis: '6',
    sete: '7',
    oito: '8',
    nove: '9',
    dez: '10',
    onze: '11',
    doze: '12',
  }),
);

/** The digits for a number word from two to twelve; `one` is more often a pronoun. */
export function readNumberWord(word: string): string | undefined {
  const digits = NUMBER_WORDS.get(foldWord(word));
  return digits === '1' ? undefined : digits;
}

const FIRST_DIGIT = /^\p{N}/u;

/** One spelling for one term: accents, case, plural -s, number words, `1,000` and `0,5`. */
export function toTerm(word: string): string {
  const folded = foldWord(word);
  if (FIRST_DIGIT.test(folded)) return folded.replace(/,(\d{3})(?!\d)/g, '$1').replace(',', '.');
  const number = NUMBER_WORDS.get(folded);
  if (number !== undefined) return number;
  return folded.length > 3 && folded.endsWith('s') && !folded.endsWith('ss') ? folded.slice(0, -1) : folded;
}
