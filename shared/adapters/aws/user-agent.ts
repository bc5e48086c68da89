import {
  getUserAgentMiddlewareOptions,
  type UserAgentResolvedConfig,
  userAgentMiddleware,
} from '@aws-sdk/core/client';

type Middleware = ReturnType<typeof userAgentMiddleware>;

export interface SdkClient {
  config: UserAgentResolvedConfig;
  middlewareStack: {
    remove(name: string): boolean;
    add(middleware: Middleware, options: typeof getUserAgentMiddlewareOptions): void;
  };
}

const headersOf = ({ request }: { request: unknown }) =>
  (request as { headers: Record<string, string> }).headers;

const HEADERS = ['user-agent', 'x-amz-user-agent'];

/** What a client says of itself is the same in all its requests: the SDK is asked for it once, not for each of them. */
export function composeUserAgentOnce({ config, middlewareStack }: SdkClient): void {
  const sdks = userAgentMiddleware(config);
  let known: Record<string, string | undefined> | undefined;
  const middleware: Middleware = (next, context) => {
    const compose = sdks((args) => {
      known = Object.fromEntries(HEADERS.map((name) => [name, headersOf(args)[name]]));
      return next(args);
    }, context);
    return (args) => {
      if (!known) return compose(args);
      Object.assign(headersOf(args), known);
      return next(args);
    };
  };
  middlewareStack.remove('getUserAgentMiddleware');
  middlewareStack.add(middleware, getUserAgentMiddlewareOptions);
}
