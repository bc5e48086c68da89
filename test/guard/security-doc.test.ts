import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../support/child.ts';

const doc = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');

it('every file that docs/security.md names is there', () => {
  const named = [...doc.matchAll(/`((?:api|shared|test|worker|\.github)\/[\w./-]+\.\w+)`/g)].map(
    ([, path]) => path ?? '',
  );
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

it('every threat in docs/security.md names what shows that something is done', () => {
  const [, threats = ''] = /## Threats\n(.*?)### What we build upon/s.exec(doc) ?? [];
  const rows = threats.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| threat'));
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) expect(row.split('|').at(-2), row).toMatch(/`[\w/.-]+\.ts`/);
});
