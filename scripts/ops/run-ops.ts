import type { Env } from '../../shared/config/env-reader.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { type OpsContext, openContext, type Report } from './context.ts';
import { checkDrain } from './drain-check.ts';
import { WorkerTasks } from './ecs.ts';
import { type Command, type Invocation, UsageError } from './parse-args.ts';
import { type RedriveOptions, redrive } from './redrive.ts';
import { scaleWorkers } from './scale.ts';
import { reportStatus } from './status.ts';
import { sweepOnce } from './sweep.ts';
import { findTarget, type Target } from './target.ts';

export interface OpsSurroundings {
  env: Env;
  clock: Clock;
  /** Where the Terraform sources are, unless told. */
  terraformDir: string;
  /** Where npm start keeps its data, unless told. */
  dataDir: string;
  confirm: RedriveOptions['confirm'];
}

async function runOn(
  context: OpsContext,
  command: Command,
  tasks: WorkerTasks | undefined,
  confirm: RedriveOptions['confirm'],
): Promise<Report> {
  switch (command.name) {
    case 'redrive': {
      const { max, dryRun, yes } = command;
      return redrive(context, { max, dryRun, confirm: yes ? () => Promise.resolve(true) : confirm });
    }
    case 'sweep':
      return sweepOnce(context, command);
    case 'drain-check':
      return checkDrain(context, command);
    default:
      return reportStatus(context, tasks);
  }
}

function tasksOf({ workers }: Target, env: Env): WorkerTasks | undefined {
  return workers && new WorkerTasks(env, workers);
}

/** Runs one command on the stack that is meant. Rejects with `UsageError`, `TargetError`, or what went wrong. */
export async function runOps(invocation: Invocation, surroundings: OpsSurroundings): Promise<Report> {
  const { env, clock, confirm, dataDir } = surroundings;
  const { command, environment, terraformDir = surroundings.terraformDir } = invocation;
  const target = await findTarget(env, { environment, terraformDir, dataDir });
  const tasks = tasksOf(target, env);
  if (command.name === 'scale') {
    if (!tasks) throw new UsageError('scale needs --environment: nothing else has tasks to scale');
    return scaleWorkers(tasks, command);
  }
  const context = openContext(target, clock);
  try {
    return await runOn(context, command, tasks, confirm);
  } finally {
    await context.close();
  }
}
