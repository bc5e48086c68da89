import { describe, expect, test } from 'vitest';
import { traceIdOf } from './trace-context.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('traceIdOf', () => {
  test.each([
    `00-${TRACE}-${SPAN}-01`,
    `01-${TRACE}-${SPAN}-01`,
    `cc-${TRACE}-${SPAN}-01-later`,
  ])('%s', (header) => {
    expect(traceIdOf(header)).toBe(TRACE);
  });

  test.each([
    undefined,
    '',
    TRACE,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-1`,
    `01-${TRACE}-${SPAN}-01more`,
  ])('%j names no trace', (header) => {
    expect(traceIdOf(header)).toBeUndefined();
  });
});
