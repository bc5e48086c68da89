/** How far the answers agree; there is none for fewer than two. */
export interface Agreement {
  /** In [0, 1]. */
  score: number;
  /** How it was measured: `vote` for closed questions, `similarity` for free text. */
  method: string;
  /** Answers measured. */
  n: number;
}

/** A position that differs from the merged answer's. */
export interface Dissent {
  providers: string[];
  /** What they say instead, in their own words, shortened. */
  claim: string;
}
