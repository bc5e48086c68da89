import { methodNotAllowed } from 'hono/method-not-allowed';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ApiApp, ApiContext } from '../http/api-app.ts';
import { problemResponse } from '../http/problem-response.ts';

/** For a path that exists: OPTIONS says what it takes, any other method that it does not take is a 405. */
export function allowedMethods(app: ApiApp) {
  return methodNotAllowed({
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
}
