export type AgreementLevel = 'high' | 'middle' | 'low';

/** From a half down a reader must look for another source; in between, at the dissent. */
export function levelOf(score: number): AgreementLevel {
  if (score >= 0.75) return 'high';
  return score >= 0.5 ? 'middle' : 'low';
}
