import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../support/child.ts';
import { KNOWN_DIFFERENCES, SERVERS } from './known-differences.ts';
import { differenceTable } from './tell.ts';

it('docs/reliability.md has the table of the declared differences', () => {
  const table = differenceTable(SERVERS, KNOWN_DIFFERENCES);
  const doc = readFileSync(join(ROOT, 'docs/reliability.md'), 'utf8');
  expect(doc.includes(table), `docs/reliability.md should have this table:\n${table}\n`).toBe(true);
});
