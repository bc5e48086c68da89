import { MODES, type Mode } from '../../shared/contract/job-request.ts';
import { ProblemError } from '../../shared/contract/problem.ts';

const NAME = 'iscoolgpt';
const DEFAULT_MODE: Mode = 'balanced';

export const CHAT_MODELS: readonly string[] = [NAME, ...MODES.map((mode) => `${NAME}-${mode}`)];

/** The mode that a model's name stands for. Throws `not_found`. */
export function modeOfModel(model: string): Mode {
  if (model === NAME) return DEFAULT_MODE;
  const mode = MODES.find((candidate) => model === `${NAME}-${candidate}`);
  if (mode) return mode;
  throw new ProblemError('not_found', `There is no such model; there are ${CHAT_MODELS.join(', ')}.`, {
    errors: [{ at: '/model', message: 'is not known here' }],
  });
}
