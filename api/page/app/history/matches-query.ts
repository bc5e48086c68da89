import type { JobView } from '../../../client.ts';

/** Without case and without diacritics: `seguranca` finds `Segurança`. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

/** Whether question and merged answer together hold every word of the query. */
export function matchesQuery(job: Pick<JobView, 'question' | 'answer'>, query: string): boolean {
  const text = fold(`${job.question}\n${job.answer?.text ?? ''}`);
  return fold(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
