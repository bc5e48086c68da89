import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ReplyHeaders } from './reply.ts';

/** What the middleware finds out about a request, for those after it. */
export interface ApiEnv {
  Variables: {
    requestId: string;
    replyHeaders: ReplyHeaders;
    /** The response, where it was made of nothing but `replyHeaders`. */
    reply: Response | undefined;
    traceId: string;
    client: string;
    jobId: string | undefined;
  };
}

export type ApiApp = OpenAPIHono<ApiEnv>;
export type ApiContext = Context<ApiEnv>;
