import type { ClaimReader, Claims } from './claims.ts';
import type { Row } from './panel.ts';
import { measureSimilarity } from './similarity.ts';

/**
 * The sentence of a row that says most of what `own` claims and least of what `against` does: in the text's
 * own words.
 */
export function excerptClaim(
  { plain, sentences, words }: Row,
  reader: ClaimReader,
  own: readonly Claims[],
  against?: Claims,
): string {
  let best = { text: sentences[0]?.text ?? plain, score: Number.NEGATIVE_INFINITY };
  for (const { text, from, to } of sentences) {
    const claims = reader.claimsOf(words, text, from, to);
    let shared = 0;
    for (const other of own) shared += measureSimilarity(claims, other);
    const score = shared / own.length - (against ? measureSimilarity(claims, against) : 0);
    if (score > best.score) best = { text, score };
  }
  return best.text.trim();
}
