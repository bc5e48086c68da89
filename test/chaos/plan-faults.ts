import { seededDraws } from '../../worker/providers/simulated/seeded-draws.ts';
import type { LinkFault } from './fault-proxy.ts';
import { type TableKind, WRITE_ACTIONS } from './table-kind.ts';
import type { Peer } from './world.ts';

/** What goes wrong. Workers are named by their index; durations are in milliseconds. */
export type Fault =
  | { kind: 'kill_worker'; worker: number }
  | { kind: 'freeze_worker'; worker: number; for_ms: number }
  | { kind: 'stop_worker'; worker: number }
  | { kind: 'kill_api' }
  | { kind: 'restart_sqs'; for_ms: number }
  | { kind: 'restart_table'; for_ms: number }
  | { kind: 'fill_disk'; for_ms: number }
  | { kind: 'link'; service: 'api' | number; peer: Peer; fault: LinkFault; for_ms: number };

export interface PlannedFault {
  /** It happens once so many jobs were accepted. */
  after_jobs: number;
  fault: Fault;
}

/** Makes a fault of one kind, for one worker; `draw` is uniform in [0, 1). */
export type MakeFault = (worker: number, draw: number) => Fault;

const link =
  (peer: Peer, fault: LinkFault, forMs: number): MakeFault =>
  (worker) => ({ kind: 'link', service: worker, peer, fault, for_ms: forMs });

const apiLink =
  (peer: Peer, fault: LinkFault, forMs: number): MakeFault =>
  () => ({ kind: 'link', service: 'api', peer, fault, for_ms: forMs });

const failing = (action: string, lost: 'request' | 'response'): LinkFault => ({
  kind: 'fail_action',
  action,
  lost,
});

const kill: MakeFault = (worker) => ({ kind: 'kill_worker', worker });
const stop: MakeFault = (worker) => ({ kind: 'stop_worker', worker });

/**
 * Everything that may go wrong, once; crashes of workers more often. Without `canFillDisk` the disk stays
 * as it is.
 */
export function allFaults(
  visibilitySeconds: number,
  { table, canFillDisk }: { table: TableKind; canFillDisk: boolean },
): MakeFault[] {
  const pastLeaseMs = visibilitySeconds * 1000 + 1000;
  return [
    kill,
    link('table', { kind: 'latency', ms: 150 }, 4000),
    stop,
    link('provider', { kind: 'reset' }, 3000),
    kill,
    (worker) => ({ kind: 'freeze_worker', worker, for_ms: pastLeaseMs }),
    apiLink('table', { kind: 'black_hole' }, 2500),
    link('sqs', failing('ChangeMessageVisibilityBatch', 'request'), pastLeaseMs),
    kill,
    () => ({ kind: 'restart_sqs', for_ms: 1500 }),
    ...WRITE_ACTIONS[table].map((action) => link('table', failing(action, 'response'), 2500)),
    stop,
    link('sqs', failing('ReceiveMessage', 'response'), 4000),
    () => ({ kind: 'kill_api' }),
    link('provider', { kind: 'black_hole' }, 3000),
    kill,
    () => ({ kind: 'restart_table', for_ms: 1500 }),
    link('provider', { kind: 'trickle', bytes: 64, every_ms: 25 }, 4000),
    apiLink('sqs', failing('SendMessageBatch', 'response'), 2500),
    (worker, draw) => ({ kind: 'freeze_worker', worker, for_ms: 500 + Math.round(draw * 1500) }),
    kill,
    link('table', { kind: 'black_hole' }, pastLeaseMs),
    link('sqs', failing('DeleteMessageBatch', 'request'), 4000),
    stop,
    ...(canFillDisk ? [(() => ({ kind: 'fill_disk', for_ms: 3000 })) satisfies MakeFault] : []),
  ];
}

/** What the test suite lives through. */
export function fewFaults(): MakeFault[] {
  return [
    link('table', { kind: 'latency', ms: 100 }, 1500),
    stop,
    link('table', failing('UpdateItem', 'response'), 700),
    (worker) => ({ kind: 'freeze_worker', worker, for_ms: 800 }),
    () => ({ kind: 'restart_table', for_ms: 500 }),
    link('provider', { kind: 'reset' }, 500),
    kill,
  ];
}

/** What an hour under load has to bear; of the workers, only the last one is ever stopped. */
export function mildFaults(workers: number): MakeFault[] {
  const last = workers - 1;
  return [
    link('table', { kind: 'latency', ms: 80 }, 15_000),
    link('provider', { kind: 'reset' }, 3000),
    () => ({ kind: 'stop_worker', worker: last }),
    apiLink('table', { kind: 'latency', ms: 80 }, 15_000),
    link('sqs', { kind: 'reset' }, 3000),
    link('table', { kind: 'reset' }, 2000),
    link('provider', { kind: 'latency', ms: 200 }, 15_000),
    link('sqs', failing('ReceiveMessage', 'response'), 5000),
  ];
}

/**
 * When what goes wrong, the same for the same seed: `count` faults, evenly spread with some jitter over the
 * first nine tenths of the jobs, each kind in turn.
 */
export function planFaults(
  seed: number,
  plan: { makers: readonly MakeFault[]; count: number; jobs: number; workers: number },
): PlannedFault[] {
  const { makers, count, jobs, workers } = plan;
  const slot = (jobs * 0.9) / count;
  return Array.from({ length: count }, (_, index) => {
    const [jitter, worker, draw] = seededDraws(String(seed), 'fault', String(index));
    const make = makers[index % makers.length] as MakeFault;
    return {
      after_jobs: Math.max(1, Math.round((index + 0.1 + jitter * 0.2) * slot)),
      fault: make(Math.floor(worker * workers), draw),
    };
  });
}
