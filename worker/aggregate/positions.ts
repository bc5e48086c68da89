import { createChoiceReader } from './choice.ts';
import { type ClosedQuestion, readClosedQuestion } from './closed-question.ts';
import { clusterBySimilarity, meanSupport } from './cluster.ts';
import type { Panel } from './panel.ts';
import type { Question } from './types.ts';

/** Rows of a panel that say the same. */
export interface Position {
  rows: number[];
  /** What they choose, where the question is closed and they say it clearly. */
  choice?: string;
}

export interface Positions {
  method: 'vote' | 'similarity';
  /** The strongest first. */
  positions: [Position, ...Position[]];
  /** Set where the question is closed. */
  closed?: ClosedQuestion;
}

/**
 * Average similarity from which two texts are taken to claim the same: below it they share words by chance.
 */
const SAME_CLAIM_SIMILARITY = 0.3;

/**
 * Votes count first, then size, then how much the whole panel supports a text. Between options with as many
 * votes support is left out, and the order of the rows decides: the fuller explanation.
 */
function rankPositions(panel: Panel, positions: readonly Position[]): [Position, ...Position[]] | undefined {
  const everyRow = panel.rows.map((_, index) => index);
  const supportOf = ({ rows, choice }: Position): number => {
    if (choice !== undefined) return 0;
    const sum = rows.reduce((total, row) => total + meanSupport(panel.similarity, row, everyRow), 0);
    return Math.round((sum / rows.length) * 1e9);
  };
  const [first, ...others] = positions
    .map((position) => ({ ...position, isVote: position.choice !== undefined, support: supportOf(position) }))
    .sort(
      (a, b) => Number(b.isVote) - Number(a.isVote) || b.rows.length - a.rows.length || b.support - a.support,
    );
  return first && [first, ...others];
}

/** Each answer's choice; a count that hardly any answer keeps to ("choose 4 balls") was no instruction. */
function readChoices(question: string, closed: ClosedQuestion, panel: Panel): (string | undefined)[] {
  const readAll = (as: ClosedQuestion) => {
    const read = createChoiceReader(question, as);
    return panel.rows.map(({ candidate }) => read(candidate.text));
  };
  const choices = readAll(closed);
  if (closed.kind !== 'options' || closed.choose === 1 || choices.some((choice) => choice !== undefined))
    return choices;
  return readAll({ ...closed, choose: 1 });
}

/** Rows of `among` that claim the same. */
function groupByClaim(panel: Panel, among: readonly number[]): Position[] {
  const similarity = among.map((row) => among.map((other) => panel.similarity[row]?.[other] ?? 0));
  return clusterBySimilarity(similarity, SAME_CLAIM_SIMILARITY).map((places) => ({
    rows: places.flatMap((place) => among[place] ?? []),
  }));
}

/** Who chooses what, and who does not say; undefined where less than half of the answers choose clearly. */
function groupByChoice(question: Question, closed: ClosedQuestion, panel: Panel): Position[] | undefined {
  const voted: (Position & { choice: string })[] = [];
  const undecided: number[] = [];
  for (const [row, choice] of readChoices(question.text, closed, panel).entries()) {
    const same = voted.find((position) => position.choice === choice);
    if (choice === undefined) undecided.push(row);
    else if (same) same.rows.push(row);
    else voted.push({ rows: [row], choice });
  }
  if (undecided.length * 2 > panel.rows.length) return undefined;
  return [...voted, ...groupByClaim(panel, undecided)];
}

/**
 * The positions that a panel's answers take: by vote where the question is closed, else by what their texts
 * share. Undefined where there is no answer.
 */
export function findPositions(question: Question, panel: Panel): Positions | undefined {
  const closed = readClosedQuestion(question.text);
  const voted = closed && groupByChoice(question, closed, panel);
  const everyRow = panel.rows.map((_, row) => row);
  const positions = rankPositions(panel, voted ?? groupByClaim(panel, everyRow));
  return positions && { method: voted ? 'vote' : 'similarity', positions, ...(closed && { closed }) };
}
