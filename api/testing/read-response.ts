import { expect } from 'vitest';
import { type JobView, jobSchema } from '../../shared/contract/job.ts';
import { PROBLEMS, type Problem, type ProblemCode, problemSchema } from '../../shared/contract/problem.ts';

/** The job in a response, which must have this status and fit the contract, with nothing beside it. */
export async function jobIn(response: Response, status: number): Promise<JobView> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(response.headers.get('Content-Type'), text).toContain('application/json');
  return jobSchema.strict().parse(JSON.parse(text));
}

/** The problem in a response, which must be the one of this code, as the contract has it. */
export async function problemIn(response: Response, code: ProblemCode): Promise<Problem> {
  const text = await response.text();
  expect(response.status, text).toBe(PROBLEMS[code][0]);
  expect(response.headers.get('Content-Type'), text).toBe('application/problem+json');
  const problem = problemSchema.strict().parse(JSON.parse(text));
  expect(problem, text).toMatchObject({ code, status: response.status, title: PROBLEMS[code][1] });
  expect(problem.type).toBe(`urn:iscoolgpt:problem:${code}`);
  expect(problem.request_id).toBe(response.headers.get('X-Request-Id'));
  return problem;
}
