import { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiDeps } from './deps.ts';
import { answerUnrouted } from './http/answer-unrouted.ts';
import type { ApiApp, ApiEnv } from './http/api-app.ts';
import { problemResponse, toProblemError } from './http/problem-response.ts';
import { validationHook } from './http/validation-hook.ts';
import { bearerAuth } from './middleware/bearer-auth.ts';
import { bodyCoding } from './middleware/body-coding.ts';
import { bodyLimit } from './middleware/body-limit.ts';
import { crossOrigin } from './middleware/cross-origin.ts';
import { hostGuard } from './middleware/host-guard.ts';
import { rateLimit } from './middleware/rate-limit.ts';
import { recordRequests } from './middleware/record-requests.ts';
import { replyHeaders } from './middleware/reply-headers.ts';
import { requestId } from './middleware/request-id.ts';
import { traceContext } from './middleware/trace-context.ts';
import { addCancel } from './routes/cancel.ts';
import { addChat } from './routes/chat.ts';
import { addDelete } from './routes/delete.ts';
import { addDocs } from './routes/docs.ts';
import { addEvents } from './routes/events.ts';
import { addGet } from './routes/get.ts';
import { addHealth } from './routes/health.ts';
import { addHome } from './routes/home.ts';
import { addList } from './routes/list.ts';
import { addMerge } from './routes/merge.ts';
import { addModels } from './routes/models.ts';
import { addOpenApi } from './routes/openapi.ts';
import { addPage } from './routes/page.ts';
import { addProviders } from './routes/providers.ts';
import { addReady } from './routes/ready.ts';
import { addStatus } from './routes/status.ts';
import { addSubmit } from './routes/submit.ts';

function addMiddleware(app: ApiApp, deps: ApiDeps): void {
  const { config, random } = deps;
  app.use(recordRequests(deps), replyHeaders(), requestId(random), traceContext(random));
  if (config.corsOrigins.length > 0) app.use(crossOrigin(config.corsOrigins));
  if (config.keys.length === 0) app.use(hostGuard());
  app.use('/v1/*', bearerAuth(config.keys), bodyCoding(), bodyLimit(config.maxBodyBytes));
}

function addRoutes(app: ApiApp, deps: ApiDeps): void {
  const submitRate = rateLimit(deps.config.ratePerMinute, deps);
  addSubmit(app, deps, submitRate);
  addList(app, deps);
  addGet(app, deps);
  addDelete(app, deps);
  addEvents(app, deps);
  addCancel(app, deps);
  addMerge(app, deps, submitRate);
  addChat(app, deps, submitRate);
  addModels(app);
  addProviders(app, deps);
  addStatus(app, deps);
  addHealth(app, deps);
  addReady(app, deps);
  addHome(app);
  addPage(app);
  addOpenApi(app);
  addDocs(app);
}

/** The API as a function of requests: what it answers, without a server around it. */
export function createApp(deps: ApiDeps): ApiApp {
  const app = new OpenAPIHono<ApiEnv>({ defaultHook: validationHook });
  app.notFound(answerUnrouted(app));
  app.onError((error, c) => problemResponse(c, toProblemError(error)));
  addMiddleware(app, deps);
  addRoutes(app, deps);
  return app;
}
