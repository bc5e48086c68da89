import { readTextSigns, readVoteSigns } from '../../worker/aggregate/agreement.ts';
import type { Calibration, Signs } from '../../worker/aggregate/calibration.ts';
import { readClosedQuestion } from '../../worker/aggregate/closed-question.ts';
import { filterAnswers } from '../../worker/aggregate/filter-answers.ts';
import { LEARNED, type Learned, type VoteSign } from '../../worker/aggregate/learned.ts';
import { type Panel, readPanel } from '../../worker/aggregate/panel.ts';
import { findPositions } from '../../worker/aggregate/positions.ts';
import { type Ballot, countPossible, countUnseen, readBallots } from '../../worker/aggregate/vote.ts';
import { type Decision, fitChoiceModel } from './choice-model.ts';
import { type Graded, toCandidates } from './graded.ts';
import { createDraws, shuffle } from './seeded.ts';

/** A panel as it was answered, or a part of it, ready to learn from. */
export interface Lesson {
  question: { text: string };
  panel: Panel;
  /** Models whose answers are right. */
  right: ReadonlySet<string>;
  ballots?: { cast: Ballot[]; possible: number };
}

/** Each question as a whole panel and as one drawn part of each smaller size, so that small panels count. */
export function prepareLessons(graded: Graded, seed: number): Lesson[] {
  const draw = createDraws(seed);
  const question = { text: graded.question };
  const right = new Set(graded.answers.filter(({ correct }) => correct).map(({ model }) => model));
  const candidates = toCandidates(graded);
  const sizes = candidates.map((_, index) => index + 1).filter((size) => size > 1);
  return sizes.flatMap((size) => {
    const { kept } = filterAnswers(question, shuffle(candidates, draw).slice(0, size));
    if (kept.length < 2) return [];
    const panel = readPanel(question, kept);
    const closed = readClosedQuestion(question.text);
    // Votes are weighed as in whole panels: the smaller ones only tell how sure their winners are.
    if (closed?.kind !== 'options' || size < candidates.length) return [{ question, panel, right }];
    const { cast } = readBallots(question, closed, panel);
    return [{ question, panel, right, ballots: { cast, possible: countPossible(closed) } }];
  });
}

const isRight = ({ panel, right }: Lesson, row: number): boolean =>
  right.has(panel.rows[row]?.candidate.provider ?? '');

/** Which choice was right, and how its ballots' signs add up beside those of the others. */
function toDecision(lesson: Lesson, signNames: readonly VoteSign[]): Decision[] {
  const { cast, possible } = lesson.ballots ?? { cast: [], possible: 0 };
  const choices = [...Map.groupBy(cast, ({ choice }) => choice).values()];
  if (choices.length === 0) return [];
  const voted = choices.map((ballots) => ({
    offset: 0,
    signs: [
      ballots.length,
      ...signNames.map((name) => ballots.reduce((sum, { signs }) => sum + signs[name], 0)),
    ],
  }));
  const unseen = {
    offset: Math.log(countUnseen(possible, choices.length)),
    signs: [0, ...signNames.map(() => 0)],
  };
  // Of a wavering answer it is not known which of its statements was graded.
  const right = choices.findIndex((ballots) =>
    ballots.some(({ row, signs }) => signs.wavering === 0 && isRight(lesson, row)),
  );
  return [{ alternatives: [...voted, unseen], right: right < 0 ? voted.length : right }];
}

function name<K extends string>([intercept = 0, ...weights]: readonly number[], like: Calibration<K>) {
  const names = Object.keys(like.weights);
  const entries = names.map((key, index) => [key, weights[index] ?? 0]);
  return { intercept, weights: Object.fromEntries(entries) as Signs<K> };
}

function fitVerdicts<K extends string>(
  verdicts: readonly { signs: Signs<K>; right: boolean }[],
  like: Calibration<K>,
): Calibration<K> {
  const names = Object.keys(like.weights) as K[];
  const decisions = verdicts.map(({ signs, right }) => ({
    alternatives: [
      { offset: 0, signs: [1, ...names.map((key) => signs[key])] },
      { offset: 0, signs: [0, ...names.map(() => 0)] },
    ],
    right: right ? 0 : 1,
  }));
  return name(fitChoiceModel(decisions, names.length + 1), like);
}

/** The constants of the consensus, from lessons. */
export function learn(lessons: readonly Lesson[]): Learned {
  const signNames = Object.keys(LEARNED.voteWeight.weights) as VoteSign[];
  const decisions = lessons.flatMap((lesson) => toDecision(lesson, signNames));
  const voteWeight =
    decisions.length === 0
      ? LEARNED.voteWeight
      : name(fitChoiceModel(decisions, signNames.length + 1), LEARNED.voteWeight);
  const votes: { signs: ReturnType<typeof readVoteSigns>; right: boolean }[] = [];
  const texts: { signs: ReturnType<typeof readTextSigns>; right: boolean }[] = [];
  for (const lesson of lessons) {
    const found = findPositions(lesson.question, lesson.panel, [], voteWeight);
    if (found === undefined) continue;
    const right = isRight(lesson, found.chosen);
    if (found.method === 'vote') votes.push({ signs: readVoteSigns(lesson.panel, found), right });
    else texts.push({ signs: readTextSigns(lesson.panel, found), right });
  }
  return {
    voteWeight,
    voteAgreement: fitVerdicts(votes, LEARNED.voteAgreement),
    textAgreement: fitVerdicts(texts, LEARNED.textAgreement),
  };
}
