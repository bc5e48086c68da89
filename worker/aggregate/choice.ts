import type { ClosedQuestion } from './closed-question.ts';
import { createNumberReader } from './number-choice.ts';
import { createOptionReader } from './option-choice.ts';
import { readYesNo } from './yes-no-choice.ts';

/**
 * What an answer chooses, one spelling for one choice (`B`, `A+C`, `yes`, `900 second`); undefined: not
 * clear.
 */
export type ChoiceReader = (answer: string) => string | undefined;

export function createChoiceReader(question: string, closed: ClosedQuestion): ChoiceReader {
  switch (closed.kind) {
    case 'options':
      return createOptionReader(closed.options, closed.choose);
    case 'yes_no':
      return readYesNo;
    case 'number':
      return createNumberReader(question);
  }
}
