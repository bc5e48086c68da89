import type { z } from 'zod';
import { jobSchema } from '../../shared/contract/job.ts';
import { PROBLEMS, type ProblemCode, problemSchema } from '../../shared/contract/problem.ts';
import { PROBLEM_TYPE } from '../http/problem-response.ts';

const header = (description: string) => ({ description, schema: { type: 'string' as const } });

const ALWAYS = { 'X-Request-Id': header('The id of this request, the one sent or a new one.') };

export const JOB_HEADERS = {
  ...ALWAYS,
  ETag: header('Changes with each revision of the job.'),
  'Retry-After': header('Seconds until the next poll makes sense; absent once the job is done.'),
  'Preference-Applied': header('How long the response was held back, where Prefer asked for it.'),
};

export const ACCEPTED_HEADERS = {
  ...JOB_HEADERS,
  Location: header('Where to poll the job.'),
  'Idempotent-Replayed': header('true where the Idempotency-Key was used before.'),
  RateLimit: header('What is left of the rate, such as "submit";r=59;t=1.'),
  'RateLimit-Policy': header('The rate, such as "submit";q=60;w=60.'),
};

export function jsonContent<T extends z.ZodType>(schema: T) {
  return { 'application/json': { schema } };
}

/** A response whose body is the job. */
export function jobResponse(
  description: string,
  headers: Record<string, ReturnType<typeof header>> = JOB_HEADERS,
) {
  return { description, headers, content: jsonContent(jobSchema) };
}

/** The problems that a route may answer with, by status. */
export function problemResponses(...codes: ProblemCode[]) {
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code][0]))];
  return Object.fromEntries(
    statuses.map((status) => {
      const here = codes.filter((code) => PROBLEMS[code][0] === status);
      const description = here.map((code) => `\`${code}\`: ${PROBLEMS[code][1]}.`).join(' ');
      return [
        status,
        { description, headers: ALWAYS, content: { [PROBLEM_TYPE]: { schema: problemSchema } } },
      ];
    }),
  );
}

/** Beside its own problems every route of /v1 may say these. */
export const COMMON_PROBLEMS: ProblemCode[] = ['unauthorized', 'internal', 'unavailable'];

export const BEARER = [{ bearer: [] }];
