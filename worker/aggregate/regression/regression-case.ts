import type { FilterReason } from '../types.ts';

/** What an answer is there for. */
export type Kind =
  | 'agrees'
  | 'disagrees'
  | 'refuses'
  | 'hedges'
  | 'truncated'
  | 'wrong'
  | 'injects'
  | 'empty';

/** One question with the answers of a panel, written for this project, and what must come of them. */
export interface RegressionCase {
  question: string;
  /** By provider id; a truncated one arrives with that outcome. */
  answers: Record<string, readonly [kind: Kind, text: string]>;
  /** Providers any of whose answers may be returned. */
  best: string;
  filtered?: Record<string, FilterReason>;
  /** Providers who must be named as differing, and no others. */
  dissent?: string;
  /** `high`: at least 0.65; `low`: at most 0.6. */
  agreement?: 'high' | 'low';
}
