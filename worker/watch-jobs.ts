import type { Clock } from '../shared/ports/clock.ts';
import type { Store } from '../shared/ports/store.ts';
import type { ActiveJobs } from './job/active-jobs.ts';
import type { ReportError } from './report-error.ts';

const INTERVAL_MS = 2000;

/** Reads the jobs that run here, all in one batch, so that each learns of a cancel or of another owner. */
export async function watchJobs(
  active: ActiveJobs,
  deps: { store: Store; clock: Clock; onError: ReportError },
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    await deps.clock.sleep(INTERVAL_MS, stop).catch(() => {});
    const runs = active.all().flatMap(({ run }) => (run ? [run] : []));
    if (stop.aborted || runs.length === 0) continue;
    try {
      const jobs = await deps.store.getJobs(runs.map(({ id }) => id));
      runs.forEach((run, index) => {
        run.observe(jobs[index]);
      });
    } catch (error) {
      deps.onError('reading the jobs that run here', error);
    }
  }
}
