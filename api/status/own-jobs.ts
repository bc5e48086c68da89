import type { Minute, StatusView } from '../../shared/contract/status.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { viewJob } from '../../shared/job/view.ts';
import type { ApiDeps } from '../deps.ts';
import { listJobs } from '../jobs/list-jobs.ts';
import { countStatuses } from './count-statuses.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Each is read whole: enough for a busy hour, and never a whole table. */
const MOST = 300;
const PAGE = 100;

async function jobsSince(
  deps: Pick<ApiDeps, 'store' | 'clock'>,
  client: string,
  since: number,
): Promise<{ jobs: JobRecord[]; complete: boolean }> {
  const jobs: JobRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await listJobs(deps, client, { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    const recent = page.jobs.filter(({ created_at }) => created_at >= since);
    jobs.push(...recent);
    if (recent.length < page.jobs.length || page.cursor === undefined) return { jobs, complete: true };
    cursor = page.cursor;
  } while (jobs.length < MOST);
  return { jobs, complete: false };
}

function kindOf({ status, degraded }: JobRecord): Exclude<keyof Minute, 'at'> {
  if (status === 'succeeded') return degraded ? 'degraded' : 'succeeded';
  if (status === 'failed' || status === 'expired') return 'failed';
  return status === 'canceled' ? 'canceled' : 'open';
}

function lastHour(jobs: readonly JobRecord[], now: number): Minute[] {
  const first = now - (now % MINUTE_MS) - HOUR_MS + MINUTE_MS;
  const minutes = Array.from({ length: 60 }, (_, index) => ({
    at: new Date(first + index * MINUTE_MS).toISOString(),
    succeeded: 0,
    degraded: 0,
    failed: 0,
    canceled: 0,
    open: 0,
  }));
  for (const job of jobs) {
    const minute = minutes[Math.floor((job.created_at - first) / MINUTE_MS)];
    if (minute) minute[kindOf(job)] += 1;
  }
  return minutes;
}

/** The client's jobs of today and of the last hour. */
export async function viewOwnJobs(
  deps: Pick<ApiDeps, 'store' | 'clock'>,
  client: string,
): Promise<StatusView['own_jobs']> {
  const now = deps.clock.now();
  const today = now - (now % DAY_MS);
  const since = Math.min(today, now - HOUR_MS);
  const { jobs, complete } = await jobsSince(deps, client, since);
  const ofToday = jobs.filter(({ created_at }) => created_at >= today);
  const ledgers = ofToday.map((job) => viewJob(job).ledger);
  return {
    since: new Date(since).toISOString(),
    counted: jobs.length,
    complete,
    today: {
      by_status: countStatuses(ofToday),
      spent_usd: ledgers.reduce((sum, { spent_usd }) => sum + (spent_usd ?? 0), 0),
      unpriced_calls: ledgers.reduce((sum, { unpriced_calls }) => sum + unpriced_calls, 0),
    },
    last_hour: lastHour(jobs, now),
  };
}
