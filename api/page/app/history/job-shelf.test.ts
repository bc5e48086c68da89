import { expect, test } from 'vitest';
import type { JobView } from '../../../client.ts';
import { JobShelf } from './job-shelf.ts';
import { matchesQuery } from './matches-query.ts';

function job(id: string, revision: number, createdAt = '2026-01-01T00:00:00.000Z'): JobView {
  return { id, revision, created_at: createdAt } as JobView;
}

test('a snapshot that was overtaken by a newer one is not kept', () => {
  const shelf = new JobShelf();
  shelf.put(job('a', 3));
  shelf.put(job('a', 2));
  expect(shelf.get('a')?.revision).toBe(3);
  shelf.put(job('a', 4));
  expect(shelf.get('a')?.revision).toBe(4);
});

test('jobs stand newest first, and changes are told', () => {
  const shelf = new JobShelf();
  let told = 0;
  const leave = shelf.subscribe(() => {
    told += 1;
  });
  shelf.put(job('old', 1, '2026-01-01T00:00:00.000Z'), job('new', 1, '2026-01-02T00:00:00.000Z'));
  shelf.remove('missing');
  leave();
  shelf.remove('old');
  expect(told).toBe(2);
  expect(shelf.all().map(({ id }) => id)).toEqual(['new']);
});

test.each([
  ['segurança', true],
  ['SEGURANCA grupo', true],
  ['stateful', true],
  ['grupo stateless', false],
])('searching %j: %j', (query, found) => {
  const asked = {
    question: 'O que é um grupo de Segurança?',
    answer: { text: 'Um firewall stateful.', language: 'pt' },
  };
  expect(matchesQuery(asked, query)).toBe(found);
});
