import type { JobView } from '../../shared/contract/job.ts';
import { jsonOf, parseRetryAfterMs } from './errors.ts';
import type { Http } from './http.ts';
import { lacksRoom, type Patience } from './retries.ts';

/** The server's own cap is lower or equal; below the idle timeouts of most proxies. */
const LONG_POLL_SECONDS = 25;
const POLL_AFTER_MS = 1000;

export interface Look {
  /** Undefined where nothing changed since `etag`. */
  job: JobView | undefined;
  etag: string | undefined;
  /** How long the server asks to wait before the next look. */
  pauseMs: number;
}

export function jobPath(id: string, ...below: string[]): string {
  return ['v1/jobs', encodeURIComponent(id), ...below].join('/');
}

/** One look at a job, which the server holds back until the job is done where `waitSeconds` asks for it. */
export function lookAtJob(
  http: Http,
  id: string,
  { etag, ...rest }: Partial<Patience> & { waitSeconds?: number | undefined; etag?: string | undefined },
): Promise<Look> {
  return http.request(
    { ...rest, path: jobPath(id), headers: { 'If-None-Match': etag } },
    async (response) => ({
      job: response.status === 304 ? undefined : await jsonOf<JobView>(response),
      etag: response.headers.get('ETag') ?? undefined,
      pauseMs:
        parseRetryAfterMs(response.headers.get('Retry-After'), http.pacing.clock.now()) ?? POLL_AFTER_MS,
    }),
  );
}

/** The job once it is done, by long polls; by short ones where the server has no room for those. */
export async function waitForJob(http: Http, id: string, signal: AbortSignal | undefined): Promise<JobView> {
  const { clock } = http.pacing;
  for (;;) {
    const askedAtMs = clock.monotonic();
    const { job, pauseMs } = await lookAtJob(http, id, { waitSeconds: LONG_POLL_SECONDS, signal }).catch(
      (error: unknown) => {
        if (!lacksRoom(error)) throw error;
        return lookAtJob(http, id, { signal });
      },
    );
    if (job?.done) return job;
    // A server that holds nothing back, or lets go because it stops, must not be asked in a circle.
    await clock.sleep(Math.max(0, pauseMs - (clock.monotonic() - askedAtMs)), signal);
  }
}

/** Snapshots newer than `revision`, to the one that shows the end, by short polls. */
export async function* pollJob(
  http: Http,
  id: string,
  options: {
    revision: number;
    signal: AbortSignal | undefined;
    patienceMs: number;
    announce: (connection: 'polling' | 'lost') => void;
  },
): AsyncGenerator<JobView> {
  const { signal, patienceMs, announce } = options;
  const onFailure = () => announce('lost');
  let { revision } = options;
  for (let etag: string | undefined; ; ) {
    const look = await lookAtJob(http, id, { etag, signal, patienceMs, onFailure });
    announce('polling');
    etag = look.etag;
    if (look.job && look.job.revision > revision) {
      revision = look.job.revision;
      yield look.job;
    }
    if (look.job?.done) return;
    await http.pacing.clock.sleep(look.pauseMs, signal);
  }
}
