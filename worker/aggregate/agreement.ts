import { type Signs, toProbability } from './calibration.ts';
import { meanOver, meanPair } from './cluster.ts';
import { countHedges } from './hedges.ts';
import type { Learned, TextAgreementSign, VoteAgreementSign } from './learned.ts';
import { type Panel, type Row, rowNumbers } from './panel.ts';
import type { Positions } from './positions.ts';
import type { Agreement } from './types.ts';
import { countPossible } from './vote.ts';

type Vote = Extract<Positions, { method: 'vote' }>;
type Texts = Extract<Positions, { method: 'similarity' }>;

const MIN_BELIEF = 0.001;
/** Beyond a few hedges a text does not hedge more. */
const MAX_HEDGES = 3;

function meanOf(panel: Panel, measure: (row: Row) => number): number {
  let sum = 0;
  for (const row of panel.rows) sum += measure(row);
  return sum / panel.rows.length;
}

const hasFormula = ({ plain }: Row): number => Number(/[=≈]/.test(plain));
const hedgesOf = ({ plain }: Row): number => Math.min(MAX_HEDGES, countHedges(plain));
const hasFigure = ({ claims }: Row): number => Math.min(1, claims.figures);

/** What tells whether the vote's winner is right. */
export function readVoteSigns(panel: Panel, { positions, belief, closed }: Vote): Signs<VoteAgreementSign> {
  const [winner] = positions;
  const bounded = Math.min(1 - MIN_BELIEF, Math.max(MIN_BELIEF, belief));
  return {
    log_odds: Math.log(bounded / (1 - bounded)),
    share: winner.rows.length / panel.rows.length,
    formulas: meanOf(panel, hasFormula),
    likeness: meanPair(panel.similarity, winner.rows),
    hedges: meanOf(panel, hedgesOf),
    positions: positions.length,
    options: Math.log(countPossible(closed)),
  };
}

/** What tells whether the chosen text is right. */
export function readTextSigns(panel: Panel, { chosen }: Texts): Signs<TextAgreementSign> {
  const everyRow = rowNumbers(panel);
  return {
    coverage: meanOver(panel.coverage, chosen, everyRow),
    leads: meanPair(panel.leadCoverage, everyRow),
    figures: meanOf(panel, hasFigure),
    lone: 1 / panel.rows.length,
  };
}

/** The probability that the chosen answer is right, as far as the answers show it; null for a single one. */
export function measureAgreement(
  panel: Panel,
  found: Positions,
  { voteAgreement, textAgreement }: Learned,
): Agreement | null {
  const { method } = found;
  const n = panel.rows.length;
  if (n < 2) return null;
  const score =
    method === 'vote'
      ? toProbability(readVoteSigns(panel, found), voteAgreement)
      : toProbability(readTextSigns(panel, found), textAgreement);
  return { score, method, n };
}
