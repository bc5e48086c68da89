import { type ClaimReader, type Claims, measureSimilarity } from './similarity.ts';
import { splitSentences } from './text.ts';

const MAX_SENTENCES = 40;

/**
 * The sentence of `plain` that says most of what `own` claims and least of what `against` does: in the text's
 * own words.
 */
export function excerptClaim(
  plain: string,
  readClaims: ClaimReader,
  own: readonly Claims[],
  against?: Claims,
): string {
  const sentences = splitSentences(plain).slice(0, MAX_SENTENCES);
  let best = { sentence: sentences[0] ?? plain.trim(), score: Number.NEGATIVE_INFINITY };
  for (const sentence of sentences) {
    const claims = readClaims(sentence);
    const shared = own.reduce((sum, other) => sum + measureSimilarity(claims, other), 0) / own.length;
    const score = shared - (against ? measureSimilarity(claims, against) : 0);
    if (score > best.score) best = { sentence, score };
  }
  return best.sentence.trim();
}
