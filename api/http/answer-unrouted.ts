import { methodNotAllowed } from 'hono/method-not-allowed';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ApiApp, ApiContext } from './api-app.ts';
import { problemResponse } from './problem-response.ts';

/**
 * Answers what no route took. For a path that exists OPTIONS says what it takes, any other method is a 405; what is
 * nowhere is a 404.
 */
export function answerUnrouted(app: ApiApp) {
  const knowPath = methodNotAllowed({
    app,
    onMethodNotAllowed: (c: ApiContext, methods) => {
      const allow = [...methods, 'OPTIONS'].join(', ');
      if (c.req.method === 'OPTIONS') return c.body(null, 204, { Allow: allow });
      const error = new ProblemError(
        'method_not_allowed',
        `${c.req.method} is not served here; ${allow} are.`,
      );
      return problemResponse(c, error, { allow });
    },
  });
  return async (c: ApiContext): Promise<Response> => {
    await knowPath(c, async () => {
      c.res = problemResponse(c, new ProblemError('not_found', 'There is nothing at this path.'));
    });
    return c.res;
  };
}
