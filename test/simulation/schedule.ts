import fc from 'fast-check';

export interface PlannedJob {
  atMs: number;
  mode: 'fast' | 'balanced' | 'thorough';
  strategy: 'synthesis' | 'consensus';
  deadlineSeconds: number;
  keyed: boolean;
  /** The API process dies at this arrival of one of its requests; its client tries again where it has a key. */
  apiDiesAt: number | undefined;
  cancelAfterMs: number | undefined;
  webhook: boolean;
  /** The same request once more, with its key, whatever the job has come to. */
  againAfterMs: number | undefined;
  /** Its answers are to be merged once more, as a job of its own. */
  mergeAfterMs: number | undefined;
}

export type Incident =
  | { kind: 'kill'; worker: number; atMs: number }
  | { kind: 'kill_at_arrival'; worker: number; arrival: number }
  | { kind: 'freeze'; worker: number; atMs: number; forMs: number }
  | { kind: 'stop'; worker: number; atMs: number };

export interface Schedule {
  /** Of latencies, losses, and what the providers do. */
  seed: number;
  faultRate: number;
  /** How many messages the queue hands out before it wants some back: 120,000 on SQS. */
  inFlightCap: number;
  jobs: PlannedJob[];
  /** Clock skew of each worker in milliseconds; a worker that dies or stops is followed by another after 3 s. */
  workers: number[];
  incidents: Incident[];
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });

const plannedJob: fc.Arbitrary<PlannedJob> = fc.record({
  atMs: fc.nat(20_000),
  mode: fc.constantFrom('fast', 'balanced', 'thorough'),
  strategy: fc.constantFrom('synthesis', 'consensus'),
  deadlineSeconds: fc.constantFrom(5, 20, 60, 120),
  keyed: fc.boolean(),
  apiDiesAt: maybe(fc.integer({ min: 1, max: 6 })),
  cancelAfterMs: maybe(fc.nat(30_000)),
  webhook: fc.boolean(),
  againAfterMs: maybe(fc.nat(60_000)),
  mergeAfterMs: maybe(fc.nat(60_000)),
});

const worker = fc.nat(2);
const atMs = fc.nat(90_000);

const incident: fc.Arbitrary<Incident> = fc.oneof(
  fc.record({ kind: fc.constant('kill' as const), worker, atMs }),
  fc.record({
    kind: fc.constant('kill_at_arrival' as const),
    worker,
    arrival: fc.integer({ min: 1, max: 60 }),
  }),
  fc.record({
    kind: fc.constant('freeze' as const),
    worker,
    atMs,
    forMs: fc.integer({ min: 1000, max: 60_000 }),
  }),
  fc.record({ kind: fc.constant('stop' as const), worker, atMs }),
);

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.integer(),
  faultRate: fc.constantFrom(0, 0.02, 0.1, 0.3),
  inFlightCap: fc.constantFrom(120_000, 120_000, 120_000, 2, 1),
  jobs: fc.array(plannedJob, { minLength: 1, maxLength: 4 }),
  workers: fc.array(fc.constantFrom(0, 0, 0, -300_000, 300_000, 1500), { minLength: 1, maxLength: 3 }),
  incidents: fc.array(incident, { maxLength: 4 }),
});
