import type { Calibration } from './calibration.ts';
import { type ClosedQuestion, readClosedQuestion } from './closed-question.ts';
import { clusterBySimilarity, meanOver } from './cluster.ts';
import type { VoteSign } from './learned.ts';
import { type Panel, rowNumbers } from './panel.ts';
import type { Question } from './types.ts';
import { type Ballots, countPossible, readBallots, weighBallots } from './vote.ts';

/** Rows of a panel that say the same. */
export interface Position {
  rows: number[];
  /** What they choose, where the question is closed and they say it clearly. */
  choice?: string;
}

interface Ranked {
  /** The row whose text stands for the panel. */
  chosen: number;
  /** That row's first, then the strongest. */
  positions: [Position, ...Position[]];
  /** Set where the question is closed. */
  closed?: ClosedQuestion;
}

export type Positions =
  | (Ranked & { method: 'vote'; closed: ClosedQuestion; belief: number })
  | (Ranked & { method: 'similarity' });

/**
 * Average similarity from which two texts are taken to claim the same: below it they share words by chance.
 */
const SAME_CLAIM_SIMILARITY = 0.3;

/** What a unit of trust (log-odds) is worth beside the share of the others' claims that a text covers. */
const TRUST_COVERAGE = 0.1;

/** Sums of the same numbers in another order differ in the last digits. */
const round = (value: number): number => Math.round(value * 1e9);

/** How much of what `among` claims a row says, and how far it is trusted. */
function speakingScore(
  { coverage }: Panel,
  row: number,
  among: readonly number[],
  trust: readonly number[],
): number {
  return round(meanOver(coverage, row, among) + TRUST_COVERAGE * (trust[row] ?? 0));
}

/** The row of `rows` that says most of what `among` claims; of equals the first. */
export function findRepresentative(
  panel: Panel,
  rows: readonly number[],
  among: readonly number[],
  trust: readonly number[],
): number {
  let best = rows[0] as number;
  let most = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const score = speakingScore(panel, row, among, trust);
    if (score > most) {
      best = row;
      most = score;
    }
  }
  return best;
}

/** Rows of `among` that claim the same. */
function groupByClaim({ similarity }: Panel, among: readonly number[]): Position[] {
  const matrix: number[][] = [];
  for (const row of among) {
    const line: number[] = [];
    for (const other of among) line.push(similarity[row]?.[other] ?? 0);
    matrix.push(line);
  }
  const positions: Position[] = [];
  for (const places of clusterBySimilarity(matrix, SAME_CLAIM_SIMILARITY)) {
    const rows: number[] = [];
    for (const place of places) rows.push(among[place] as number);
    positions.push({ rows });
  }
  return positions;
}

function groupByChoice({ cast, undecided }: Ballots, panel: Panel): Position[] {
  const voted = [...Map.groupBy(cast, ({ choice }) => choice)].map(([choice, ballots]) => ({
    choice,
    rows: ballots.map(({ row }) => row),
  }));
  return [...voted, ...groupByClaim(panel, undecided)];
}

interface Weighed {
  position: Position;
  belief: number;
  support: number;
}

/** Belief first, then size, then how much the whole panel supports a position; the order of rows last. */
const compareWeighed = (a: Weighed, b: Weighed): number =>
  b.belief - a.belief || b.position.rows.length - a.position.rows.length || b.support - a.support;
const positionOf = ({ position }: Weighed): Position => position;

function supportOf({ rows }: Position, panel: Panel, everyRow: readonly number[]): number {
  let sum = 0;
  for (const row of rows) sum += meanOver(panel.similarity, row, everyRow);
  return sum / rows.length;
}

/** The strongest first; `beliefs` are those in `positions`, in their order. */
function rankPositions(panel: Panel, positions: readonly Position[], beliefs: readonly number[]): Position[] {
  const everyRow = rowNumbers(panel);
  const weighed: Weighed[] = [];
  for (const [index, position] of positions.entries())
    weighed.push({
      position,
      belief: round(beliefs[index] ?? 0),
      support: round(supportOf(position, panel, everyRow)),
    });
  return weighed.sort(compareWeighed).map(positionOf);
}

function rankVotes(
  panel: Panel,
  closed: ClosedQuestion,
  ballots: Ballots,
  trust: readonly number[],
  voteWeight: Calibration<VoteSign>,
) {
  const beliefs = weighBallots(ballots.cast, countPossible(closed), trust, voteWeight);
  const beliefIn = ({ choice }: Position) => (choice === undefined ? 0 : (beliefs.get(choice) ?? 0));
  const grouped = groupByChoice(ballots, panel);
  const [first, ...others] = rankPositions(panel, grouped, grouped.map(beliefIn));
  if (first === undefined) return undefined;
  // Who reads the merged answer should not meet another choice in it.
  const wavering = ballots.cast.filter(({ signs }) => signs.wavering > 0).map(({ row }) => row);
  const steady = first.rows.filter((row) => !wavering.includes(row));
  const speakers = steady.length > 0 ? steady : first.rows;
  return {
    method: 'vote' as const,
    chosen: findRepresentative(panel, speakers, first.rows, trust),
    positions: [first, ...others] as [Position, ...Position[]],
    closed,
    belief: beliefIn(first),
  };
}

function rankTexts(panel: Panel, trust: readonly number[]) {
  const everyRow = rowNumbers(panel);
  if (everyRow.length === 0) return undefined;
  const willing: number[] = [];
  for (const row of everyRow) if (panel.rows[row]?.declines === false) willing.push(row);
  const speakers = willing.length > 0 ? willing : everyRow;
  const chosen = findRepresentative(panel, speakers, speakers, trust);
  const grouped = groupByClaim(panel, everyRow);
  const beliefs: number[] = [];
  for (const { rows } of grouped) beliefs.push(Number(rows.includes(chosen)));
  const [first, ...others] = rankPositions(panel, grouped, beliefs);
  return (
    first && { method: 'similarity' as const, chosen, positions: [first, ...others] as Ranked['positions'] }
  );
}

/**
 * The positions that a panel's answers take: by vote where the question is closed and at least half of the
 * answers choose clearly, else by what their texts share. Undefined where there is no answer.
 */
export function findPositions(
  question: Question,
  panel: Panel,
  trust: readonly number[],
  voteWeight: Calibration<VoteSign>,
): Positions | undefined {
  const closed = readClosedQuestion(question.text);
  const ballots = closed && readBallots(question, closed, panel);
  if (closed && ballots && ballots.cast.length > 0 && ballots.undecided.length <= ballots.cast.length)
    return rankVotes(panel, closed, ballots, trust, voteWeight);
  const ranked = rankTexts(panel, trust);
  return ranked && { ...ranked, ...(closed && { closed }) };
}
