import { type Context, TraceFlags } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import {
  BatchSpanProcessor,
  type ReadableSpan,
  type Span,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';

const SPANS_MAX = 4096;
const BATCH = 512;
const BATCH_DELAY_MS = 1000;
/** Longer than the exporter's own timeout, so that each export is counted. */
const EXPORT_TIMEOUT_MS = 10_000;

export interface SpanNews {
  /** So many spans will never arrive. */
  onDrop: (count: number) => void;
  /** Hears of the first failure, and of the next one only after an export has succeeded. */
  onTrouble: (error: unknown) => void;
}

/** Says of each batch whether it arrived. */
class ToldExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #onExport: (count: number, error: unknown) => void;

  constructor(exporter: SpanExporter, onExport: (count: number, error: unknown) => void) {
    this.#exporter = exporter;
    this.#onExport = onExport;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#exporter.export(spans, (result) => {
      const failed = result.code !== ExportResultCode.SUCCESS;
      this.#onExport(spans.length, failed ? (result.error ?? new Error('the export failed')) : undefined);
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }
}

/** Batches spans, and drops, counted, those for which there is no room: a collector that hangs costs no more memory. */
export class BoundedSpans implements SpanProcessor {
  readonly #batches: BatchSpanProcessor;
  readonly #told: SpanNews;
  #kept = 0;
  #inTrouble = false;

  constructor(exporter: SpanExporter, told: SpanNews) {
    this.#told = told;
    this.#batches = new BatchSpanProcessor({
      exporter: new ToldExporter(exporter, (count, error) => this.#exported(count, error)),
      maxQueueSize: SPANS_MAX,
      maxExportBatchSize: BATCH,
      scheduledDelayMillis: BATCH_DELAY_MS,
      exportTimeoutMillis: EXPORT_TIMEOUT_MS,
    });
  }

  onStart(span: Span, parent: Context): void {
    this.#batches.onStart(span, parent);
  }

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    if (this.#kept >= SPANS_MAX) {
      this.#told.onDrop(1);
      return;
    }
    this.#kept += 1;
    this.#batches.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.#batches.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#batches.shutdown();
  }

  #exported(count: number, error: unknown): void {
    this.#kept -= count;
    const failed = error !== undefined;
    if (failed) this.#told.onDrop(count);
    if (failed && !this.#inTrouble) this.#told.onTrouble(error);
    this.#inTrouble = failed;
  }
}
