import type { StatusView } from '../../shared/contract/status.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Store } from '../../shared/ports/store.ts';
import { countStatuses } from './count-statuses.ts';

/** Each is read whole: a number that is good enough for people must stay cheap under a backlog. */
const MOST = 100;

/** Everybody's open jobs, those first that are due first. */
export async function viewOpenJobs(store: Store, clock: Clock): Promise<StatusView['open_jobs']> {
  const ids = await store.dueJobs(Number.MAX_SAFE_INTEGER, MOST);
  const jobs = (await store.getJobs(ids)).filter((job) => job !== undefined);
  const waiting = jobs.filter(({ status }) => status === 'queued').map(({ created_at }) => created_at);
  return {
    counted: jobs.length,
    complete: ids.length < MOST,
    by_status: countStatuses(jobs),
    oldest_queued_ms: waiting.length === 0 ? null : Math.max(0, clock.now() - Math.min(...waiting)),
  };
}
