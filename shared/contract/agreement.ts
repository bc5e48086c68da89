/** How far the answers agree; there is none for fewer than two. */
export interface Agreement {
  /** The estimated probability, in [0, 1], that what the panel stands behind is right. */
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
