import { type Calibration, type Signs, scoreSigns } from './calibration.ts';
import { type Choice, createChoiceReader } from './choice.ts';
import { ClaimReader } from './claims.ts';
import type { ClosedQuestion } from './closed-question.ts';
import type { VoteSign } from './learned.ts';
import type { Option } from './options.ts';
import type { Panel, Row } from './panel.ts';
import { plainText } from './plain-text.ts';
import type { Question } from './types.ts';

/** What one answer chooses, and how much speaks for it. */
export interface Ballot {
  row: number;
  choice: string;
  signs: Signs<VoteSign>;
}

export interface Ballots {
  cast: Ballot[];
  /** Rows that do not choose clearly. */
  undecided: number[];
}

/** From 64 words on an explanation counts as reasoned; beyond 256, more words are just more words. */
const REASONED_LOG_WORDS = 6;
const MAX_EXTRA_LOG_WORDS = 2;

function measureReasoning({ claims }: Row): number {
  return Math.min(MAX_EXTRA_LOG_WORDS, Math.max(0, Math.log2(1 + claims.words) - REASONED_LOG_WORDS));
}

/**
 * How much of an option's words an answer speaks of, in [0, 1]. A word that other options have too says
 * less.
 */
function createGrounding(options: readonly Option[], panel: Panel): (row: Row, choice: string) => number {
  const reader = new ClaimReader('');
  const claims = options.map(({ text }) => reader.read(plainText(text)));
  const spellings = claims.map((claimed) => reader.spell(claimed));
  const spread = (term: string) => spellings.filter((terms) => terms.includes(term)).length;
  const weighed = new Map(
    options.map(({ label }, index) => [
      label,
      (spellings[index] ?? []).map((term, place) => ({
        term,
        weight: (claims[index]?.weights[place] ?? 0) * Math.log((options.length + 1) / spread(term)),
      })),
    ]),
  );
  const groundOne = (content: ReadonlySet<string>, label: string): number => {
    const terms = weighed.get(label) ?? [];
    const total = terms.reduce((sum, { weight }) => sum + weight, 0);
    const said = terms.reduce((sum, { term, weight }) => sum + (content.has(term) ? weight : 0), 0);
    return total === 0 ? 0 : said / total;
  };
  return ({ words }, choice) => {
    const content = panel.reader.contentOf(words);
    const labels = choice.split('+');
    return labels.reduce((sum, label) => sum + groundOne(content, label), 0) / labels.length;
  };
}

/** Each answer's choice; a count that hardly any answer keeps to ("choose 4 balls") was no instruction. */
function readChoices(question: string, closed: ClosedQuestion, panel: Panel): (Choice | undefined)[] {
  const readAll = (as: ClosedQuestion) => {
    const read = createChoiceReader(question, as);
    return panel.rows.map(({ candidate }) => read(candidate.text));
  };
  const choices = readAll(closed);
  if (closed.kind !== 'options' || closed.choose === 1 || choices.some((choice) => choice !== undefined))
    return choices;
  return readAll({ ...closed, choose: 1 });
}

export function readBallots(question: Question, closed: ClosedQuestion, panel: Panel): Ballots {
  const ground = closed.kind === 'options' ? createGrounding(closed.options, panel) : () => 0;
  const cast: Ballot[] = [];
  const undecided: number[] = [];
  for (const [index, chosen] of readChoices(question.text, closed, panel).entries()) {
    const row = panel.rows[index];
    if (row === undefined || chosen === undefined) {
      undecided.push(index);
      continue;
    }
    const { choice, wavers } = chosen;
    const signs = {
      reasoning: measureReasoning(row),
      grounding: ground(row, choice),
      wavering: Number(wavers),
    };
    cast.push({ row: index, choice, signs });
  }
  return { cast, undecided };
}

/** Where the possible answers cannot be counted, as for an amount. */
const POSSIBLE_AMOUNTS = 10;

/** How many different answers a question allows. */
export function countPossible(closed: ClosedQuestion): number {
  if (closed.kind === 'yes_no') return 2;
  if (closed.kind === 'number') return POSSIBLE_AMOUNTS;
  const { options, choose } = closed;
  if (choose === 'any') return 2 ** options.length - 1;
  let ways = 1;
  for (let taken = 0; taken < choose; taken++) ways = (ways * (options.length - taken)) / (taken + 1);
  return ways;
}

/** Some unseen answer may be the right one, even where every answer that was counted on has a vote. */
const MIN_UNSEEN = 0.3;

export function countUnseen(possible: number, chosen: number): number {
  return Math.max(MIN_UNSEEN, possible - chosen);
}

/**
 * The share of belief in each choice: a multinomial logit in which each ballot adds its weight and `trust`
 * of its row to its choice, and each possible choice without a ballot stands at zero.
 */
export function weighBallots(
  ballots: readonly Ballot[],
  possible: number,
  trust: readonly number[],
  calibration: Calibration<VoteSign>,
): Map<string, number> {
  const scores = new Map<string, number>();
  for (const { row, choice, signs } of ballots) {
    const weight = scoreSigns(signs, calibration) + (trust[row] ?? 0);
    scores.set(choice, (scores.get(choice) ?? 0) + weight);
  }
  let total = countUnseen(possible, scores.size);
  for (const score of scores.values()) total += Math.exp(score);
  return new Map([...scores].map(([choice, score]) => [choice, Math.exp(score) / total]));
}
