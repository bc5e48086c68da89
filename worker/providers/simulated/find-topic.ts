import type { Topic } from './topic.ts';
import { ALL_TOPICS } from './topics/all-topics.ts';
import { holdsPhrase, normalize } from './words.ts';

/** The topic whose keywords a question names most and most exactly; undefined if it names none. */
export function findTopic(question: string): Topic | undefined {
  const normalized = normalize(question);
  let best: Topic | undefined;
  let bestScore = 0;
  for (const topic of ALL_TOPICS) {
    const named = topic.keywords.filter((keyword) => holdsPhrase(normalized, keyword));
    // A longer phrase says more: `vpc endpoint` beats `s3`, and `read replica` beats `rds`.
    const score = named.reduce((sum, keyword) => sum + keyword.length, 0);
    if (score > bestScore) [best, bestScore] = [topic, score];
  }
  return best;
}
