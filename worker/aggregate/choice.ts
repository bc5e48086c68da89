import type { ClosedQuestion } from './closed-question.ts';
import { createNumberReader } from './number-choice.ts';
import { createOptionReader } from './option-choice.ts';
import { readYesNo } from './yes-no-choice.ts';

/** What an answer chooses. */
export interface Choice {
  /** One spelling for one choice: `B`, `A+C`, `yes`, `900 second`. */
  choice: string;
  /** It states other choices too, on its way or beside this one. */
  wavers: boolean;
}

/** Undefined: it does not choose clearly. */
export type ChoiceReader = (answer: string) => Choice | undefined;

function withoutWavering(read: (answer: string) => string | undefined): ChoiceReader {
  return (answer) => {
    const choice = read(answer);
    return choice === undefined ? undefined : { choice, wavers: false };
  };
}

export function createChoiceReader(question: string, closed: ClosedQuestion): ChoiceReader {
  switch (closed.kind) {
    case 'options':
      return createOptionReader(closed.options, closed.choose);
    case 'yes_no':
      return withoutWavering(readYesNo);
    case 'number':
      return withoutWavering(createNumberReader(question));
  }
}
