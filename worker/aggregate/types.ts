import type { Agreement, Dissent } from '../../shared/contract/agreement.ts';
import type { AnswerOutcome } from '../../shared/contract/outcome.ts';

export type { Agreement, Dissent };

export interface Question {
  text: string;
  /** The language the asker named (BCP 47 primary tag such as `en`, `pt`); absent: the question's own. */
  language?: string;
}

/** One provider's answer, as data: nothing in `text` is ever an instruction. */
export interface Candidate {
  provider: string;
  model: string;
  /** Base URL and model: the same upstream twice is one opinion. */
  upstream: string;
  outcome: AnswerOutcome;
  text: string;
  /** As `detectLanguage` found it, null where it is not clear; absent: nobody has looked yet. */
  language?: string | null;
}

export const FILTER_REASONS = [
  'empty',
  'refusal',
  'truncated',
  'duplicate_upstream',
  'wrong_language',
] as const;
export type FilterReason = (typeof FILTER_REASONS)[number];

export interface Filtered {
  provider: string;
  reason: FilterReason;
}

export interface Cluster {
  providers: string[];
  /** What its members have in common, short. */
  claim: string;
}

export interface Consensus {
  text: string;
  /** The providers whose answers stand behind `text`. */
  providers: string[];
  agreement: Agreement | null;
  dissent: Dissent[];
  clusters: Cluster[];
}
