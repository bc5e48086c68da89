import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import type { Random } from '../../shared/ports/clock.ts';
import { inSpan, traceIdOfSpan } from '../../shared/telemetry/spans.ts';
import type { ApiContext, ApiEnv } from '../http/api-app.ts';

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/;

/** Asked every few seconds by whoever watches the service: spans of them would only cost. */
const UNTRACED = ['/health', '/ready'];

/** The trace id of a traceparent header (W3C Trace Context, level 1); undefined where it is not valid. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  const [whole, traceId] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  // Version 00 has four fields and no more; later ones may have others after them.
  if (whole?.startsWith('00') && whole.length !== 55) return undefined;
  return traceId;
}

function parentOf(c: ApiContext) {
  const traceparent = c.req.header('traceparent');
  if (traceparent === undefined) return undefined;
  const tracestate = c.req.header('tracestate');
  return { traceparent, ...(tracestate === undefined ? {} : { tracestate }) };
}

/** The span of one request, by its route's pattern: neither path nor query stand in it. */
function serve(c: ApiContext, traceId: string, next: () => Promise<void>): Promise<void> {
  const attributes = { 'http.request.method': c.req.method };
  const options = { kind: SpanKind.SERVER, attributes, parent: parentOf(c) };
  return inSpan(c.req.method, options, async (span) => {
    c.set('traceId', traceIdOfSpan(span) ?? traceId);
    await next();
    if (!span.isRecording()) return;
    const route = routePath(c, -1);
    span.updateName(`${c.req.method} ${route}`);
    span.setAttributes({ 'http.route': route, 'http.response.status_code': c.res.status });
    if (c.res.status >= 500) {
      span.setAttribute('error.type', String(c.res.status));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
  });
}

/** A request belongs to its caller's trace, or begins one; the job that it makes carries it on. */
export function traceContext(random: Random) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const traceId = traceIdOf(c.req.header('traceparent')) ?? random.id();
    c.set('traceId', traceId);
    await (UNTRACED.includes(c.req.path) ? next() : serve(c, traceId, next));
  });
}
