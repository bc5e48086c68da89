/** Which process a metric comes from. */
export type ServiceName = 'api' | 'worker';

export interface MetricDefinition {
  type: 'counter' | 'gauge' | 'histogram';
  /** What one of its values counts, or is measured in. */
  unit: string;
  labels: readonly string[];
  from: readonly ServiceName[];
  /** The question that it answers. */
  answers: string;
  /** Upper bounds of a histogram's buckets, in Prometheus. */
  buckets?: readonly number[];
  /** The labels that CloudWatch gets as dimensions; absent: CloudWatch does not get this metric. Each costs money. */
  dimensions?: readonly string[];
}

const CALL_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] as const;
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const;
const DELAY_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;
const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;

/** Every metric of ours, by its name. docs/observability.md shows this table. */
export const METRICS = {
  iscoolgpt_http_request_seconds: {
    type: 'histogram',
    unit: 'seconds',
    labels: ['method', 'route', 'status'],
    from: ['api'],
    answers:
      'How many requests come, to which route, how do they end, and how long until their headers go out?',
    buckets: REQUEST_SECONDS,
  },
  iscoolgpt_submits_total: {
    type: 'counter',
    unit: 'submits',
    labels: ['outcome'],
    from: ['api'],
    answers: 'What becomes of questions: accepted, replayed, cached, or refused, and with which code?',
    dimensions: ['outcome'],
  },
  iscoolgpt_open_streams: {
    type: 'gauge',
    unit: 'responses',
    labels: [],
    from: ['api'],
    answers: 'How many event streams, long polls and chat completions are open?',
    dimensions: [],
  },
  iscoolgpt_watched_jobs: {
    type: 'gauge',
    unit: 'jobs',
    labels: [],
    from: ['api'],
    answers: 'How many jobs does this process read again and again for those who wait?',
  },
  iscoolgpt_jobs_claimed_total: {
    type: 'counter',
    unit: 'claims',
    labels: ['claim'],
    from: ['worker'],
    answers:
      'How many jobs begin (first), and how many are taken over from a lost or stopped worker (again)?',
    dimensions: ['claim'],
  },
  iscoolgpt_job_queue_wait_seconds: {
    type: 'histogram',
    unit: 'seconds',
    labels: [],
    from: ['worker'],
    answers: 'How long does a question wait for its first worker?',
    buckets: CALL_SECONDS,
    dimensions: [],
  },
  iscoolgpt_jobs_ended_total: {
    type: 'counter',
    unit: 'jobs',
    labels: ['status', 'degraded'],
    from: ['worker'],
    answers: 'How do jobs end, and how many with fewer answers than the quorum?',
    dimensions: ['status'],
  },
  iscoolgpt_job_seconds: {
    type: 'histogram',
    unit: 'seconds',
    labels: ['mode'],
    from: ['worker'],
    answers: 'How long does a question take from submit to its end?',
    buckets: CALL_SECONDS,
    dimensions: ['mode'],
  },
  iscoolgpt_slots: {
    type: 'gauge',
    unit: 'jobs',
    labels: [],
    from: ['worker'],
    answers: 'How many jobs can this worker run at once?',
    dimensions: [],
  },
  iscoolgpt_slots_busy: {
    type: 'gauge',
    unit: 'jobs',
    labels: [],
    from: ['worker'],
    answers: 'How many jobs does it run now?',
    dimensions: [],
  },
  iscoolgpt_messages_settled_total: {
    type: 'counter',
    unit: 'messages',
    labels: ['outcome', 'redelivered'],
    from: ['worker'],
    answers: 'What becomes of messages: acknowledged, given back or discarded, and how many came before?',
    dimensions: ['outcome'],
  },
  iscoolgpt_provider_call_seconds: {
    type: 'histogram',
    unit: 'seconds',
    labels: ['provider', 'outcome'],
    from: ['worker'],
    answers: 'How long do calls to each provider take, and how do they end?',
    buckets: CALL_SECONDS,
    dimensions: ['provider'],
  },
  iscoolgpt_provider_failures_total: {
    type: 'counter',
    unit: 'calls',
    labels: ['provider', 'outcome'],
    from: ['worker'],
    answers: 'How many calls to each provider bring no text? Calls that we stopped ourselves do not count.',
    dimensions: ['provider'],
  },
  iscoolgpt_provider_calls_in_flight: {
    type: 'gauge',
    unit: 'calls',
    labels: ['provider'],
    from: ['worker'],
    answers: 'How many calls to each provider are under way?',
    dimensions: ['provider'],
  },
  iscoolgpt_provider_calls_waiting: {
    type: 'gauge',
    unit: 'calls',
    labels: ['provider'],
    from: ['worker'],
    answers: "How many calls wait for one of a provider's slots?",
  },
  iscoolgpt_provider_call_limit: {
    type: 'gauge',
    unit: 'calls',
    labels: ['provider'],
    from: ['worker'],
    answers: 'How many calls at once does each provider seem to bear?',
  },
  iscoolgpt_breaker_state: {
    type: 'gauge',
    unit: '0 closed, 1 half open, 2 open',
    labels: ['provider'],
    from: ['worker'],
    answers: 'Which provider is left alone because it fails?',
    dimensions: ['provider'],
  },
  iscoolgpt_provider_tokens_total: {
    type: 'counter',
    unit: 'tokens',
    labels: ['provider', 'direction'],
    from: ['worker'],
    answers: 'How many tokens go into and come out of each provider?',
  },
  iscoolgpt_cost_usd_total: {
    type: 'counter',
    unit: 'US dollars',
    labels: ['provider'],
    from: ['worker'],
    answers: 'What do the calls whose price is known cost?',
    dimensions: ['provider'],
  },
  iscoolgpt_unpriced_calls_total: {
    type: 'counter',
    unit: 'calls',
    labels: ['provider'],
    from: ['worker'],
    answers: 'How many calls does the cost leave out, because price or usage is not known?',
    dimensions: ['provider'],
  },
  iscoolgpt_merges_total: {
    type: 'counter',
    unit: 'jobs',
    labels: ['by'],
    from: ['worker'],
    answers:
      'Who merges: a model, the consensus that was asked for, or the consensus where no model could (fallback)?',
    dimensions: ['by'],
  },
  iscoolgpt_agreement: {
    type: 'histogram',
    unit: 'share, 0 to 1',
    labels: ['method'],
    from: ['worker'],
    answers: 'How far do the providers agree?',
    buckets: TENTHS,
    dimensions: [],
  },
  iscoolgpt_swept_total: {
    type: 'counter',
    unit: 'jobs',
    labels: ['did'],
    from: ['worker'],
    answers: 'How often does the sweeper have to mend: end a job past its deadline, or send it again?',
    dimensions: ['did'],
  },
  iscoolgpt_webhooks_total: {
    type: 'counter',
    unit: 'deliveries',
    labels: ['result'],
    from: ['worker'],
    answers: 'Do webhooks arrive?',
    dimensions: ['result'],
  },
  iscoolgpt_worker_errors_total: {
    type: 'counter',
    unit: 'errors',
    labels: ['doing'],
    from: ['worker'],
    answers: 'What goes wrong in the worker itself, by what it was doing?',
    dimensions: [],
  },
  iscoolgpt_loop_delay_seconds: {
    type: 'histogram',
    unit: 'seconds',
    labels: ['service'],
    from: ['api', 'worker'],
    answers: 'How long, at worst in each second, does the event loop keep work waiting?',
    buckets: DELAY_SECONDS,
    dimensions: ['service'],
  },
  iscoolgpt_spans_dropped_total: {
    type: 'counter',
    unit: 'spans',
    labels: ['service'],
    from: ['api', 'worker'],
    answers: 'How many spans never reached the collector?',
    dimensions: ['service'],
  },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof METRICS;

type Table = typeof METRICS;

/** The names of a service's metrics of one type. */
export type NameOf<S extends ServiceName, T extends MetricDefinition['type']> = {
  [N in MetricName]: Table[N]['type'] extends T ? (S extends Table[N]['from'][number] ? N : never) : never;
}[MetricName];

export type LabelsOf<N extends MetricName> = Readonly<Record<Table[N]['labels'][number], string>>;

export function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(METRICS, name);
}

export function definitionOf(name: MetricName): MetricDefinition {
  return METRICS[name];
}

/** The names of a service's metrics, in the order of the table. */
export function metricNamesOf(service: ServiceName): MetricName[] {
  return (Object.keys(METRICS) as MetricName[]).filter((name) => definitionOf(name).from.includes(service));
}
