import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromItem, toAttribute, toItem } from './row.ts';

const OPTIONS = { removeUndefinedValues: true };
// Names that the SDK takes for a class, or loses; see below.
const key = fc.string().filter((name) => name !== 'constructor' && name !== '__proto__');
const { row } = fc.letrec((tie) => ({
  row: fc.dictionary(key, tie('value')),
  value: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constantFrom(null, undefined, '', -0, () => 1, Number.MAX_SAFE_INTEGER, new Set(['a']), 12n),
    fc.array(tie('value'), { maxLength: 5 }),
    tie('row'),
  ),
}));

describe('rows and items', () => {
  it('become each other as the SDK makes them', () => {
    fc.assert(
      fc.property(row, (given) => {
        const item = toItem(given as object);
        expect(item).toEqual(marshall(given, OPTIONS));
        expect(fromItem(item)).toEqual(unmarshall(item));
      }),
    );
  });

  it('reads numbers that no JavaScript number holds, sets and bytes as the SDK does', () => {
    const item = {
      big: { N: '9007199254740993' },
      set: { SS: ['a', 'b'] },
      numbers: { NS: ['1', '2'] },
      bytes: { B: Uint8Array.from([1, 2]) },
      tiny: { N: '1e-130' },
    };
    expect(fromItem(item)).toEqual(unmarshall(item));
  });

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    -(2 ** 53),
    new Date(0),
    Symbol('a'),
  ])('stores nothing that would be read as something else (%s)', (value) => {
    expect(() => toAttribute(value)).toThrow();
  });

  it('stores a label of any name', () => {
    const labels = JSON.parse('{"constructor":"x","__proto__":{"a":1},"hasOwnProperty":"y"}');
    const { labels: read } = fromItem<{ labels: object }>(JSON.parse(JSON.stringify(toItem({ labels }))));
    expect(Object.entries(read)).toEqual(Object.entries(labels));
  });
});
