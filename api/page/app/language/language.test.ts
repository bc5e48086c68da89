import { describe, expect, test } from 'vitest';
import { chooseLanguage } from './choose-language.ts';
import { en } from './en.ts';
import { createFormat } from './format.ts';
import { pt } from './pt.ts';

test.each([
  [['pt-BR', 'en'], 'pt-BR', 'pt-BR'],
  [['pt', 'en'], 'pt-BR', 'pt'],
  [['en-GB', 'pt'], 'en', 'en-GB'],
  [['de-DE', 'pt-PT'], 'pt-BR', 'pt-PT'],
  [['de-DE'], 'en', 'en'],
  [[], 'en', 'en'],
])('a browser that prefers %j is answered in %s, with the numbers of %s', (preferred, tag, locale) => {
  expect(chooseLanguage(preferred)).toMatchObject({ tag, locale });
});

/** Every text of a language, with where it stands; functions are called with what they may be called with. */
function textsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value(2, 3))]];
  return Object.entries(value as object).flatMap(([name, inner]) => textsOf(inner, `${path}.${name}`));
}

test('both languages say everything, and no text was left in the other one', () => {
  const english = new Map(textsOf(en));
  const portuguese = new Map(textsOf(pt));
  expect([...portuguese.keys()].sort()).toEqual([...english.keys()].sort());
  const same = [...portuguese].filter(([path, text]) => english.get(path) === text).map(([path]) => path);
  const meant = [
    '.nav.docs',
    '.dissent.says',
    '.status.columns.worker',
    '.status.columns.p50',
    '.status.columns.p95',
  ];
  expect(same.sort()).toEqual(meant.sort());
});

describe('formats', () => {
  const format = createFormat('en-US');

  test.each([
    [0, '0.0 s'],
    [840, '0.8 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [59_600, '1 min'],
    [185_000, '3 min 5 s'],
    [7_260_000, '2 h 1 min'],
    [-5, '0.0 s'],
  ])('%d ms are %s', (ms, text) => {
    expect(format.duration(ms)).toBe(text);
  });

  test.each([
    [0, '$0.00'],
    [0.000042, '$0.000042'],
    [0.0021, '$0.0021'],
    [0.1234567, '$0.1235'],
    [12.345, '$12.35'],
  ])('%d dollars are %s', (usd, text) => {
    expect(format.usd(usd)).toBe(text);
  });
});
