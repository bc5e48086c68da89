import type { Report } from './context.ts';
import type { TaskBounds, WorkerTasks } from './ecs.ts';
import { EXIT } from './help.ts';

/** Sets the bounds of the worker's tasks at once, and says what they were. */
export async function scaleWorkers(tasks: WorkerTasks, wanted: TaskBounds): Promise<Report> {
  const before = await tasks.bounds();
  await tasks.setBounds(wanted);
  const now = await tasks.bounds();
  return {
    json: { before, now },
    lines: [
      `worker tasks: ${now.min} to ${now.max}, until the next apply`,
      `back by: npm run ops -- scale --min ${before.min} --max ${before.max}`,
    ],
    exitCode: EXIT.ok,
  };
}
