import type { JobRecord } from '../../shared/job/record.ts';
import { viewJob } from '../../shared/job/view.ts';
import type { ApiDeps } from '../deps.ts';
import { settlesWithin } from '../settles-within.ts';

const KEEP_ALIVE_MS = 15_000;
const RECONNECT_MS = 1000;

/** The whole job in a versioned envelope; the event's id is the revision that it shows. */
function formatEvent(job: JobRecord): string {
  return `event: job\nid: ${job.revision}\ndata: ${JSON.stringify({ v: 1, job: viewJob(job) })}\n\n`;
}

/**
 * A job's snapshots as server-sent events (WHATWG HTML, 9.2), from the first that is newer than `seenRevision`
 * to the one that shows its end. A reader that is slow misses snapshots, never the newest: none is queued.
 * `onEnd` is called when all is said or the reader leaves.
 */
export function jobEvents(
  { watchers, clock }: Pick<ApiDeps, 'watchers' | 'clock'>,
  job: JobRecord,
  seenRevision: number,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let newest: JobRecord | undefined = job;
  let sentRevision = seenRevision;
  let over = false;
  let left = false;
  let news = Promise.withResolvers<void>();
  let unsubscribe = () => {};

  const hear = (seen: JobRecord | undefined, final: boolean) => {
    newest = seen;
    over = final;
    news.resolve();
    news = Promise.withResolvers<void>();
  };

  const finish = () => {
    unsubscribe();
    onEnd();
  };

  /** What is to be said next; undefined where all is said. */
  const nextText = async (): Promise<string | undefined> => {
    for (;;) {
      if (newest && newest.revision > sentRevision) {
        sentRevision = newest.revision;
        return formatEvent(newest);
      }
      if (over) return undefined;
      if (!(await settlesWithin(clock, news.promise, KEEP_ALIVE_MS))) return ': still here\n\n';
    }
  };

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(`retry: ${RECONNECT_MS}\n\n`));
        unsubscribe = watchers.subscribe(job, hear).end;
      },
      async pull(controller) {
        const text = await nextText();
        if (text !== undefined) return controller.enqueue(encoder.encode(text));
        finish();
        if (!left) controller.close();
      },
      cancel() {
        left = true;
        finish();
        hear(undefined, true);
      },
    },
    { highWaterMark: 0 },
  );
}
