import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './plan-faults.ts';
import type { ServiceProcess } from './service-process.ts';
import type { Service, WorkerService, World } from './world.ts';

/** How long a killed process stays away, as an orchestrator takes to start another. */
const AWAY_MS = 500;
/** An orchestrator kills what has not stopped after this long. */
const STOP_BUDGET_MS = 15_000;

export interface FaultHooks {
  /** A worker was killed just now. */
  killed: (worker: WorkerService) => void;
  /** A service was asked to stop and is gone. */
  stopped: (service: Service, stop: { ms: number; killed: boolean; code: number | null }) => void;
}

function workerOf(world: World, index: number): WorkerService {
  const worker = world.workers[index];
  if (!worker) throw new RangeError(`there is no worker ${index}`);
  return worker;
}

/** Kills a worker at once, whatever else is done to it, and starts it again. */
export async function killWorker(worker: WorkerService, { killed }: FaultHooks): Promise<void> {
  const { process } = worker;
  if (process.pid === undefined) return;
  await process.end('SIGKILL');
  killed(worker);
  await process.exclusively(async () => {
    if (process.pid === undefined) await wait(AWAY_MS);
    process.start();
  });
}

async function stopWorker(worker: WorkerService, { stopped }: FaultHooks): Promise<void> {
  await worker.process.exclusively(async () => {
    if (worker.process.pid === undefined) return;
    stopped(worker, await worker.process.end('SIGTERM', STOP_BUDGET_MS));
    worker.process.start();
  });
}

async function freeze(worker: WorkerService, forMs: number): Promise<void> {
  worker.process.signal('SIGSTOP');
  await wait(forMs);
  worker.process.signal('SIGCONT');
}

/** Takes a process down by SIGKILL for a while. */
function restart(process: ServiceProcess, forMs: number, start: () => Promise<void>): Promise<void> {
  return process.exclusively(async () => {
    await process.end('SIGKILL');
    await wait(forMs);
    await start();
  });
}

/** Whether this machine can make a disk look full: by a limit of the process, without being root. */
export function canFillDisk(): boolean {
  return spawnSync('prlimit', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** No file of the process may grow any more, as on a disk that is full (EFBIG where that would be ENOSPC). */
async function forbidGrowth(pid: number): Promise<void> {
  const limit = spawn('prlimit', ['--pid', String(pid), '--fsize=1:'], { stdio: 'ignore' });
  const [code] = (await once(limit, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`prlimit ended with ${code}`);
}

/**
 * The table's disk is full for a while: its process dies of its next write, with half of that on the disk, and can
 * start again on what it has once there is room.
 */
function fillDisk({ table }: World, forMs: number): Promise<void> {
  return table.exclusively(async () => {
    const gone = table.untilGone();
    await forbidGrowth(table.pid as number);
    await gone;
    await wait(forMs);
    await table.startUntil('listening');
  });
}

async function breakLink(world: World, fault: Extract<Fault, { kind: 'link' }>): Promise<void> {
  const service = fault.service === 'api' ? world.api : workerOf(world, fault.service);
  const proxy = service.links[fault.peer];
  if (!proxy) throw new RangeError(`${service.name} has no link to ${fault.peer}`);
  proxy.fault = fault.fault;
  await wait(fault.for_ms);
  proxy.fault = undefined;
}

/** Lets it happen; resolves once all is well again. */
export async function applyFault(world: World, fault: Fault, hooks: FaultHooks): Promise<void> {
  switch (fault.kind) {
    case 'kill_worker':
      return killWorker(workerOf(world, fault.worker), hooks);
    case 'stop_worker':
      return stopWorker(workerOf(world, fault.worker), hooks);
    case 'freeze_worker':
      return freeze(workerOf(world, fault.worker), fault.for_ms);
    case 'kill_api':
      return restart(world.api.process, AWAY_MS, async () => world.api.process.start());
    case 'restart_sqs':
      return restart(world.sqs, fault.for_ms, () => world.startSqs());
    case 'restart_table':
      return restart(world.table, fault.for_ms, () => world.table.startUntil('listening'));
    case 'fill_disk':
      return fillDisk(world, fault.for_ms);
    case 'link':
      return breakLink(world, fault);
  }
}
