import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './support/child.ts';

const numbersIn = (text: string, pattern: RegExp): number[] =>
  [...new Set([...text.matchAll(pattern)].map(([, number]) => Number(number)))].sort((a, b) => a - b);

it('every failure mode in docs/reliability.md has a test that carries its number', () => {
  const doc = readFileSync(join(ROOT, 'docs/reliability.md'), 'utf8');
  const tests = globSync('{api,worker,shared,local,test}/**/*.test.ts', { cwd: ROOT })
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n');
  const documented = numbersIn(doc, /^\| (\d+) \|/gm);
  expect(documented).toHaveLength(20);
  expect(numbersIn(tests, /'failure mode (\d+):/g)).toEqual(documented);
});
