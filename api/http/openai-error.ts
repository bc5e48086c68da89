import { z } from 'zod';
import { PROBLEMS, type ProblemCode, type ProblemError } from '../../shared/contract/problem.ts';

/** OpenAI's names for what its clients act upon. */
const CODES: Partial<Record<ProblemCode, string>> = {
  unauthorized: 'invalid_api_key',
  rate_limited: 'rate_limit_exceeded',
  quota_exceeded: 'insufficient_quota',
  too_many_streams: 'rate_limit_exceeded',
  payload_too_large: 'context_length_exceeded',
};

function typeOf(status: number): string {
  if (status >= 500) return 'server_error';
  return status === 429 ? 'rate_limit_error' : 'invalid_request_error';
}

/** Paths whose callers speak OpenAI's protocol, and read its errors. */
export function speaksOpenAi(path: string): boolean {
  return path === '/v1/chat/completions' || path === '/v1/models' || path.startsWith('/v1/models/');
}

export const openAiErrorSchema = z
  .object({
    error: z.object({
      message: z.string(),
      type: z.string(),
      param: z.string().nullable().meta({ description: 'The first field that is wrong.' }),
      code: z.string(),
    }),
  })
  .meta({ id: 'OpenAiError' });

type OpenAiError = z.output<typeof openAiErrorSchema>;

export function openAiError(
  status: number,
  { code, message, param = null }: { code: string; message: string; param?: string | null },
): OpenAiError {
  return { error: { message, type: typeOf(status), param, code } };
}

/** A problem in the shape that OpenAI gives its errors: the first wrong field is named, and all are told. */
export function openAiErrorOf(problem: ProblemError): OpenAiError {
  const { code, errors, message } = problem;
  const [first] = errors;
  const param = first ? first.at.replace(/^\//, '').replaceAll('/', '.') : null;
  const unknownModel = code === 'not_found' && param === 'model';
  return openAiError(PROBLEMS[code][0], {
    code: unknownModel ? 'model_not_found' : (CODES[code] ?? code),
    message: [message, ...errors.map((error) => `${error.at}: ${error.message}`)].join(' '),
    param,
  });
}
