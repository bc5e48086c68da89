import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  ProxyTracerProvider,
  propagation,
  type Span,
  type SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { TraceParent } from '../ports/queue.ts';

const TRACER = 'iscoolgpt';
/** Does nothing, at almost no cost, until `startTracing` has put an SDK behind it. */
const tracer = trace.getTracer(TRACER);

/** False where no span is recorded: what would describe one need not be put together. */
export function isTracing(): boolean {
  const provider = trace.getTracerProvider();
  return !(provider instanceof ProxyTracerProvider) || provider.getDelegateTracer(TRACER) !== undefined;
}

export interface SpanOptions {
  kind?: SpanKind;
  /** Ids, names, counts and codes: never a question, an answer, an address or a secret. */
  attributes?: Attributes;
  /** Used where no span is active: work that comes from a queue or a sweep belongs to the trace of its job. */
  parent?: TraceParent | undefined;
}

function parentContext(parent: TraceParent | undefined): Context {
  const active = context.active();
  return parent && !trace.getSpan(active) ? propagation.extract(active, parent) : active;
}

/** A word for what went wrong, from a small set: never a message, which may quote what it is about. */
function errorType(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function markFailed(span: Span, error: unknown): void {
  span.setAttribute('error.type', errorType(error));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

async function inTracedSpan<T>(span: Span, parent: Context, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    return await context.with(trace.setSpan(parent, span), work, undefined, span);
  } catch (error) {
    markFailed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Runs `work` within a span of its own, to which what it starts belongs. */
export function inSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  const parent = parentContext(options.parent);
  const span = tracer.startSpan(name, options, parent);
  // Nothing is traced: there is no context to hand on, and nobody to tell of an end.
  return isSpanContextValid(span.spanContext()) ? inTracedSpan(span, parent, work) : work(span);
}

/** W3C Trace Context of the active span, to be sent along; undefined where nothing is traced. */
export function activeTraceParent(): TraceParent | undefined {
  const carrier: { traceparent?: string; tracestate?: string } = {};
  propagation.inject(context.active(), carrier);
  const { traceparent, tracestate } = carrier;
  return traceparent === undefined
    ? undefined
    : { traceparent, ...(tracestate === undefined ? {} : { tracestate }) };
}

/** The id of the trace to which a span belongs; undefined where nothing is traced. */
export function traceIdOfSpan(span: Span): string | undefined {
  const spanContext = span.spanContext();
  return isSpanContextValid(spanContext) ? spanContext.traceId : undefined;
}
