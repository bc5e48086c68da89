import type { Calibration } from './calibration.ts';

/** What makes one vote weigh more than another. */
export type VoteSign = 'reasoning' | 'grounding' | 'wavering';
/** What tells whether the winner of a vote is right. */
export type VoteAgreementSign =
  | 'log_odds'
  | 'share'
  | 'likeness'
  | 'formulas'
  | 'hedges'
  | 'positions'
  | 'options';
/** What tells whether the text that covers most of the others is right. */
export type TextAgreementSign = 'coverage' | 'leads' | 'figures' | 'lone';

export interface Learned {
  /** Log-odds that a vote adds to its choice. */
  voteWeight: Calibration<VoteSign>;
  /** Log-odds of being right. */
  voteAgreement: Calibration<VoteAgreementSign>;
  textAgreement: Calibration<TextAgreementSign>;
}

/** Learned from graded answers by `scripts/eval-aggregate/fit.ts`; docs/aggregation.md says how well. */
export const LEARNED: Learned = {
  voteWeight: { intercept: 0.68, weights: { reasoning: 0.3, grounding: 0.32, wavering: -0.89 } },
  voteAgreement: {
    intercept: -1.3,
    weights: {
      log_odds: 0.33,
      share: 1.23,
      likeness: 0.89,
      formulas: 0.96,
      hedges: -0.59,
      positions: -0.31,
      options: 0.65,
    },
  },
  textAgreement: { intercept: -0.08, weights: { coverage: 3.08, leads: 1.1, figures: -0.63, lone: -0.24 } },
};
