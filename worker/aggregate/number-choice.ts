import { plainText } from './plain-text.ts';
import { readNumberWord, toTerm } from './terms.ts';
import { foldWord, splitSentences } from './text.ts';

const QUANTITY = /(\p{N}+(?:[.,]\p{N}+)*)[\s-]?(%|por cento|\p{L}+)?/giu;

/** Factors to the unit that stands first in its line: 15 minutes and 900 seconds are one answer. */
const UNITS: readonly (readonly [base: string, names: RegExp, factor: number])[] = [
  ['byte', /^(?:b|bytes?)$/, 1],
  ['byte', /^(?:k|ki)b$|^kilobytes?$|^kibibytes?$/, 2 ** 10],
  ['byte', /^(?:m|mi)b$|^megabytes?$|^mebibytes?$/, 2 ** 20],
  ['byte', /^(?:g|gi)b$|^gigabytes?$|^gibibytes?$/, 2 ** 30],
  ['byte', /^(?:t|ti)b$|^terabytes?$|^tebibytes?$/, 2 ** 40],
  ['byte', /^(?:p|pi)b$|^petabytes?$|^pebibytes?$/, 2 ** 50],
  ['second', /^(?:ms|milliseconds?|milissegundos?)$/, 0.001],
  ['second', /^(?:s|secs?|seconds?|segundos?)$/, 1],
  ['second', /^(?:mins?|minutes?|minutos?)$/, 60],
  ['second', /^(?:h|hrs?|hours?|horas?)$/, 3_600],
  ['second', /^(?:days?|dias?)$/, 86_400],
  ['percent', /^(?:%|percent|por cento)$/, 1],
];

function toQuantity(number: string, word: string): string {
  const value = Number(toTerm(number));
  const unit = UNITS.find(([, names]) => names.test(foldWord(word)));
  return unit ? `${Number((value * unit[2]).toPrecision(12))} ${unit[0]}` : toTerm(number);
}

function findQuantities(plain: string): Set<string> {
  const digits = plain.replace(/\p{L}+/gu, (word) => readNumberWord(word) ?? word);
  return new Set(
    Array.from(digits.matchAll(QUANTITY), ([, number = '', word = '']) => toQuantity(number, word)),
  );
}

/** The number that an answer gives, in base units; undefined where it gives none, or several. */
export function createNumberReader(question: string): (answer: string) => string | undefined {
  const asked = findQuantities(plainText(question));
  const pick = (plain: string): string | undefined => {
    const [first, ...more] = [...findQuantities(plain)].filter((quantity) => !asked.has(quantity));
    return more.length === 0 ? first : undefined;
  };
  return (answer) => {
    const plain = plainText(answer);
    return pick(plain) ?? pick(splitSentences(plain)[0] ?? '');
  };
}
