import { JOB_STATUSES, type JobStatus } from '../../shared/contract/states.ts';

/** How many there are of each status, those of which there is none included. */
export function countStatuses(jobs: readonly { status: JobStatus }[]): Record<JobStatus, number> {
  const counts = Object.fromEntries(JOB_STATUSES.map((status) => [status, 0])) as Record<JobStatus, number>;
  for (const { status } of jobs) counts[status] += 1;
  return counts;
}
