import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';

/** What the middleware finds out about a request, for those after it. */
export interface ApiEnv {
  Variables: {
    requestId: string;
    traceId: string;
    client: string;
    jobId: string | undefined;
  };
}

export type ApiApp = OpenAPIHono<ApiEnv>;
export type ApiContext = Context<ApiEnv>;
