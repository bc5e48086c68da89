import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

type AttributeValue =
  | { stringValue: string }
  | { intValue: number | string }
  | { doubleValue: number }
  | { boolValue: boolean }
  | { arrayValue: { values: AttributeValue[] } };

interface Attribute {
  key: string;
  value: AttributeValue;
}

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: Attribute[];
  status: { code?: number };
  startTimeUnixNano: string;
  endTimeUnixNano: string;
}

interface OtlpRequest {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: OtlpSpan[] }[];
  }[];
}

/** A span as it came over the wire. */
export interface CollectedSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  /** OTLP's numbers: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: number;
  failed: boolean;
  attributes: Record<string, unknown>;
}

/** How the collector answers: as it should, with an error that is worth no second try, or never. */
export type CollectorMood = 'takes' | 'refuses' | 'hangs';

function plain(value: AttributeValue): unknown {
  if ('arrayValue' in value) return value.arrayValue.values.map(plain);
  if ('intValue' in value) return Number(value.intValue);
  return Object.values(value)[0];
}

function plainAttributes(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]));
}

function readSpans({ resourceSpans }: OtlpRequest): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        service: String(plainAttributes(resource.attributes)['service.name']),
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId || undefined,
        name: span.name,
        kind: span.kind,
        failed: span.status.code === 2,
        attributes: plainAttributes(span.attributes),
      })),
    ),
  );
}

/** A collector of traces on loopback: OTLP over HTTP, JSON (https://opentelemetry.io/docs/specs/otlp/). */
export class OtlpCollector {
  readonly spans: CollectedSpan[] = [];
  requests = 0;
  mood: CollectorMood = 'takes';
  #changed = Promise.withResolvers<void>();
  readonly #server = createServer(async (request, response) => {
    this.requests += 1;
    if (request.url === '/v1/traces' && this.mood === 'takes') {
      this.spans.push(...readSpans((await json(request)) as OtlpRequest));
    }
    this.#answer(response);
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  });

  static async start(): Promise<OtlpCollector> {
    const collector = new OtlpCollector();
    await new Promise<void>((resolve) => collector.#server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  /** What OTEL_EXPORTER_OTLP_ENDPOINT is set to. */
  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves once `enough` is true of what has come; looked at after each request. */
  async until(enough: (collector: OtlpCollector) => boolean): Promise<void> {
    while (!enough(this)) await this.#changed.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(response: ServerResponse): void {
    if (this.mood === 'hangs') return;
    const status = this.mood === 'takes' ? 200 : 400;
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  }
}
