import { Meters } from '../shared/telemetry/meters.ts';
import { inSpan } from '../shared/telemetry/spans.ts';
import { toProblemError } from './http/problem-response.ts';
import type { Accepted } from './jobs/accept-job.ts';
import type { JobWatchers } from './jobs/job-watchers.ts';
import type { StreamSlots } from './jobs/stream-slots.ts';

export type ApiMeters = Meters<'api'>;

/** What the API counts, with what it is at any time. */
export function createApiMeters(state: {
  watchers: Pick<JobWatchers, 'watched'>;
  streams: Pick<StreamSlots, 'open'>;
}): ApiMeters {
  const meters = new Meters('api');
  meters.gauge('iscoolgpt_open_streams', () => [{ labels: {}, value: state.streams.open }]);
  meters.gauge('iscoolgpt_watched_jobs', () => [{ labels: {}, value: state.watchers.watched }]);
  return meters;
}

function outcomeOf({ job, replayed }: Accepted): string {
  if (replayed) return 'replayed';
  return job.cached_from === undefined ? 'accepted' : 'cached';
}

/** Counts what becomes of a submit, a refusal under its code, and puts it into a span of its own. */
export function observeSubmit(meters: ApiMeters, submit: () => Promise<Accepted>): Promise<Accepted> {
  return inSpan('submit job', {}, async (span) => {
    let outcome = 'accepted';
    try {
      const accepted = await submit();
      outcome = outcomeOf(accepted);
      span.setAttribute('iscoolgpt.job.id', accepted.job.id);
      return accepted;
    } catch (error) {
      outcome = toProblemError(error instanceof Error ? error : new Error(String(error))).code;
      throw error;
    } finally {
      meters.count('iscoolgpt_submits_total', { outcome });
      span.setAttribute('iscoolgpt.outcome', outcome);
    }
  });
}
