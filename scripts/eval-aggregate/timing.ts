import { consensus } from '../../worker/aggregate/consensus.ts';
import { filterAnswers } from '../../worker/aggregate/filter-answers.ts';
import { type Graded, toCandidates } from './graded.ts';

const ANSWER_LENGTH = 2_000;
const PANELS = 100;
const WARM_UP = 20;

/** Panels whose answers are lengthened to 2,000 characters with what the same model said before. */
function lengthen(graded: readonly Graded[]) {
  const said = new Map<string, string>();
  return graded.map((question) => ({
    text: question.question,
    candidates: toCandidates(question).map((candidate) => {
      const before = said.get(candidate.model) ?? '';
      said.set(candidate.model, `${candidate.text}\n\n${before}`.slice(0, ANSWER_LENGTH));
      return { ...candidate, text: `${before.padEnd(ANSWER_LENGTH, ' and so on')}\n\n${candidate.text}` };
    }),
  }));
}

export interface Timing {
  filterMs: number;
  consensusMs: number;
}

/** Medians over panels of long answers. */
export function timeLongAnswers(graded: readonly Graded[]): Timing {
  const times = lengthen(graded.slice(0, PANELS + WARM_UP)).map(({ text, candidates }) => {
    const started = performance.now();
    filterAnswers({ text }, candidates);
    const filtered = performance.now();
    consensus({ text }, candidates);
    return { filterMs: filtered - started, consensusMs: performance.now() - filtered };
  });
  const median = (pick: (timing: Timing) => number): number =>
    times
      .slice(WARM_UP)
      .map(pick)
      .sort((a, b) => a - b)[Math.floor((times.length - WARM_UP) / 2)] ?? Number.NaN;
  return { filterMs: median((time) => time.filterMs), consensusMs: median((time) => time.consensusMs) };
}
