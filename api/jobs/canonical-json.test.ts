import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, hasLoneSurrogate } from './canonical-json.ts';

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

test('says the same of the same values, in whatever order their keys stand, and loses nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const parsed: unknown = JSON.parse(JSON.stringify(value));
      expect(canonicalJson(reversed(parsed))).toBe(canonicalJson(parsed));
      expect(JSON.parse(canonicalJson(parsed))).toEqual(parsed);
    }),
  );
});

test('tells different values apart', () => {
  expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }));
  expect(canonicalJson({ a: '1' })).not.toBe(canonicalJson({ a: 1 }));
});

test('halves of surrogate pairs are found, in texts and keys; pairs, and what only looks like one, are fine', () => {
  for (const text of ['\ud83d', 'a\udc00b', '\\\ud83d']) {
    expect(hasLoneSurrogate({ a: [text] })).toBe(true);
    expect(hasLoneSurrogate({ [text]: 1 })).toBe(true);
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(hasLoneSurrogate({ [text]: [text] })).toBe(false);
      expect(hasLoneSurrogate(`${text}\\ud83d`)).toBe(false);
    }),
  );
});
