import { type ConsensusOptions, consensus } from '../../worker/aggregate/consensus.ts';
import { filterAnswers } from '../../worker/aggregate/filter-answers.ts';
import { type Graded, toCandidates } from './graded.ts';

/** How the consensus did on one question. */
export interface Outcome {
  graded: Graded;
  /** Whether the returned text is right; a share where equal texts were graded differently. */
  correct: number;
  /** Null where fewer than two answers were left. */
  agreement: number | null;
  /** Whether the candidates in reverse order give the same text. */
  stable: boolean;
  tookMs: number;
}

function decide(graded: Graded, order: 'given' | 'reversed', options: ConsensusOptions) {
  const question = { text: graded.question };
  const candidates = toCandidates(graded);
  const { kept } = filterAnswers(question, order === 'given' ? candidates : candidates.reverse());
  return kept.length === 0 ? undefined : consensus(question, kept, options);
}

/** The text returned is always one of the answers: it is as right as that answer was graded. */
function gradeText({ answers }: Graded, text: string | undefined): number {
  const same = answers.filter((answer) => answer.text === text);
  return same.filter(({ correct }) => correct).length / Math.max(1, same.length);
}

/** Runs filter and consensus, as a job does. No answer left counts as wrong. */
export function measure(graded: Graded, options: ConsensusOptions = {}): Outcome {
  const started = performance.now();
  const result = decide(graded, 'given', options);
  const tookMs = performance.now() - started;
  return {
    graded,
    correct: gradeText(graded, result?.text),
    agreement: result?.agreement?.score ?? null,
    stable: decide(graded, 'reversed', options)?.text === result?.text,
    tookMs,
  };
}
