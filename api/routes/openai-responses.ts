import { PROBLEMS, type ProblemCode } from '../../shared/contract/problem.ts';
import { openAiErrorSchema } from '../http/openai-error.ts';
import { jsonContent } from './responses.ts';

/** The problems that a route of OpenAI's protocol may answer with, by status, in its shape. */
export function openAiErrorResponses(...codes: ProblemCode[]) {
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code][0]))];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: codes
          .filter((code) => PROBLEMS[code][0] === status)
          .map((code) => `${PROBLEMS[code][1]}.`)
          .join(' '),
        content: jsonContent(openAiErrorSchema),
      },
    ]),
  );
}
