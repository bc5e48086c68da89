import type { LoadRequest } from './http-load.ts';
import { question } from './measured-questions.ts';

/** A submit; no two are the same, and none may be answered from the cache. */
export function submission(index: number, latencyMs: number): LoadRequest & { body: string } {
  return {
    method: 'POST',
    path: '/v1/jobs',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question: question(index, latencyMs), strategy: 'consensus', cache: false }),
  };
}
