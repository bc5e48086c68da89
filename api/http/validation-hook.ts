import type { Hook } from '@hono/zod-openapi';
import type { core, ZodError } from 'zod';
import { type FieldError, ProblemError } from '../../shared/contract/problem.ts';
import type { ApiEnv } from './api-app.ts';

type Target = Parameters<Hook<unknown, ApiEnv, string, unknown>>[0]['target'];

const PLACES: Partial<Record<Target, string>> = { query: 'query', header: 'header', param: 'path' };

/** RFC 6901. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function placeOf(target: Target, path: readonly PropertyKey[]): string {
  const place = PLACES[target];
  return place === undefined ? jsonPointer(path) : `${place}:${path.map(String).join('.')}`;
}

/** One error for each field; a field that is not known is named itself, not its parent. */
function fieldErrors(target: Target, issue: core.$ZodIssue): FieldError[] {
  if (issue.code !== 'unrecognized_keys')
    return [{ at: placeOf(target, issue.path), message: issue.message }];
  return issue.keys.map((key) => ({
    at: placeOf(target, [...issue.path, key]),
    message: 'is not known here',
  }));
}

function rejectInvalid(target: Target, error: ZodError): never {
  const errors = error.issues.flatMap((issue) => fieldErrors(target, issue));
  throw new ProblemError('invalid_request', 'The request does not fit its schema: see errors.', { errors });
}

/** Turns what a route's schemas refuse into a problem. */
export const validationHook: Hook<unknown, ApiEnv, string, void> = (result) => {
  if (!result.success) rejectInvalid(result.target, result.error);
};
