import { expect, test } from 'vitest';
import { makePanel } from './fixtures.ts';
import { readPanel } from './panel.ts';
import { measureTrust, NEUTRAL } from './trust.ts';

const { rows } = readPanel({ text: 'What is S3?' }, makePanel('one', 'two', 'three'));
const trustOf = (shares: Record<string, number>) => {
  const trust = measureTrust(rows, new Map(Object.entries(shares)));
  return Object.fromEntries(rows.map(({ candidate }, index) => [candidate.provider, trust[index]]));
};

test('nothing known: all alike', () => {
  expect(measureTrust(rows, NEUTRAL)).toEqual([0, 0, 0]);
});

test('only differences within the panel count, in log-odds', () => {
  const trust = trustOf({ 'provider-0': 0.9, 'provider-1': 0.5, 'provider-2': 0.9 });
  expect(trust['provider-0']).toBeCloseTo(Math.log(9) / 3);
  expect(trust['provider-1']).toBeCloseTo((-2 * Math.log(9)) / 3);
});

test('a provider without a history is neutral', () => {
  expect(trustOf({ 'provider-0': 0.9, 'provider-1': 0.6 })['provider-2']).toBe(0);
});

test('a faultless history is bounded', () => {
  expect(trustOf({ 'provider-0': 1, 'provider-1': 0.98 })['provider-0']).toBeCloseTo(0);
});
