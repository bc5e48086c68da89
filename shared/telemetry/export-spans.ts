import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { BoundedSpans } from './bounded-spans.ts';
import type { Tracing, TracingOptions } from './start-tracing.ts';

const REQUEST_TIMEOUT_MS = 5000;
/** A stop waits no longer for a collector that does not answer. */
const LAST_FLUSH_MS = 1000;

function createProvider(
  { meters, appEnv }: TracingOptions,
  traceRatio: number,
  spans: BoundedSpans,
): TracerProvider {
  return new TracerProvider({
    resource: resourceFromAttributes({
      'service.namespace': 'iscoolgpt',
      'service.name': `iscoolgpt-${meters.service}`,
      'deployment.environment.name': appEnv,
    }),
    // Who sends a trace along has decided; the others are drawn by lot.
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(traceRatio) }),
    spanProcessors: [spans],
  });
}

/** Puts the SDK behind OpenTelemetry's API: spans go to a collector by OTLP over HTTP, as JSON. */
export function exportSpans(options: TracingOptions & { otlpEndpoint: string; traceRatio: number }): Tracing {
  const { otlpEndpoint, traceRatio, clock, log, meters } = options;
  const exporter = new OTLPTraceExporter({
    url: `${otlpEndpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: REQUEST_TIMEOUT_MS,
  });
  const spans = new BoundedSpans(exporter, {
    onDrop: (count) => meters.count('iscoolgpt_spans_dropped_total', { service: meters.service }, count),
    onTrouble: (error) =>
      log.warn({ err: error }, 'the collector of traces cannot be reached: spans are dropped'),
  });
  const provider = createProvider(options, traceRatio, spans);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    stop: async () => {
      const timer = new AbortController();
      // A flush that fails has been told of by then, as every export is.
      const flushed = provider.shutdown().catch(() => {});
      await Promise.race([flushed, clock.sleep(LAST_FLUSH_MS, timer.signal).catch(() => {})]);
      timer.abort();
    },
  };
}
