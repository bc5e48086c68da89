import type { JobView } from '../../shared/contract/job.ts';
import { chunksOf, MuteStreamError } from './chunks.ts';
import { NetworkError } from './errors.ts';
import type { Call, Http } from './http.ts';
import { jobPath, pollJob } from './poll-job.ts';
import { readEvents } from './read-events.ts';
import { isTransient, lacksRoom, retryDelayMs } from './retries.ts';

/** The server says something at once, and then every 15 s at least. */
const SILENCE = { firstMs: 10_000, laterMs: 40_000 };
/** So many mute streams in a row, and the job is polled instead. */
const MAX_MUTE_STREAMS = 2;

/** How the job is being followed; `lost` while the server is not reached and is tried again. */
export type Connection = 'streaming' | 'polling' | 'lost';

export interface FollowOptions {
  signal?: AbortSignal | undefined;
  /** The revision of the newest snapshot seen: what follows is newer. */
  lastEventId?: number | undefined;
  /** How long to try again while the server is not reached; Infinity: until `signal` ends it. */
  patienceMs: number;
  /** Told of each change. */
  onConnection?: ((connection: Connection) => void) | undefined;
}

/** Opens the stream within the time that its first word may take. */
async function openStream(http: Http, call: Call): Promise<Response> {
  const tooLate = new AbortController();
  const opened = new AbortController();
  const timer = http.pacing.clock.sleep(SILENCE.firstMs, opened.signal).then(
    () => tooLate.abort(),
    () => {},
  );
  try {
    return await http.open(call, tooLate.signal);
  } catch (error) {
    if (!tooLate.signal.aborted || call.signal?.aborted) throw error;
    throw new MuteStreamError('the stream of events does not open');
  } finally {
    opened.abort();
    await timer;
  }
}

/** Snapshots from one stream, until it breaks off; returns where it shows the end, or showed it before. */
async function* streamJob(http: Http, call: Call, onFirst: () => void): AsyncGenerator<JobView> {
  const response = await openStream(http, call);
  // The server's word for "the end was seen already".
  if (response.status === 204) return;
  if (!response.headers.get('Content-Type')?.startsWith('text/event-stream') || !response.body) {
    await response.body?.cancel();
    throw new MuteStreamError('what answered is no stream of events');
  }
  const chunks = chunksOf(response.body, {
    ...SILENCE,
    clock: http.pacing.clock,
    onFirst,
    guard: (doing) => http.reading(call, doing),
  });
  for await (const { type, data } of readEvents(chunks)) {
    if (type !== 'job') continue;
    const { job } = JSON.parse(data) as { job: JobView };
    yield job;
    if (job.done) return;
  }
  throw new NetworkError('the stream of events broke off');
}

/** Says a change once. */
function announceTo(listener: FollowOptions['onConnection']): (connection: Connection) => void {
  let last: Connection | undefined;
  return (connection) => {
    if (connection === last) return;
    last = connection;
    listener?.(connection);
  };
}

/** Decides, failure by failure, whether and when to try again. */
class Recovery {
  readonly #http: Http;
  readonly #options: FollowOptions;
  readonly #announce: (connection: Connection) => void;
  #failures = 0;
  #mute = 0;
  #lostAtMs: number | undefined;

  constructor(http: Http, options: FollowOptions, announce: (connection: Connection) => void) {
    this.#http = http;
    this.#options = options;
    this.#announce = announce;
  }

  get streamsComeThrough(): boolean {
    return this.#mute < MAX_MUTE_STREAMS;
  }

  connected(): void {
    this.#failures = 0;
    this.#mute = 0;
    this.#lostAtMs = undefined;
    this.#announce('streaming');
  }

  /** Resolves when to try again; rejects with the error where that makes no sense, or patience is over. */
  async pause(error: unknown): Promise<void> {
    const { clock, random } = this.#http.pacing;
    if (!isTransient(error)) throw error;
    if (error instanceof MuteStreamError) this.#mute += 1;
    this.#lostAtMs ??= clock.monotonic();
    const delayMs = retryDelayMs(error, this.#failures, random);
    if (clock.monotonic() + delayMs - this.#lostAtMs > this.#options.patienceMs) throw error;
    this.#failures += 1;
    // A stream that breaks off is no news: one that cannot be opened again is.
    if (this.#failures > 1 && this.streamsComeThrough) this.#announce('lost');
    await clock.sleep(delayMs, this.#options.signal);
  }
}

/**
 * A job's snapshots, each newer than the one before, to the one that shows its end. A stream that breaks off
 * is taken up again where it ended; where streams do not come through, or the server has no room, the job is polled.
 */
export async function* followJob(http: Http, id: string, options: FollowOptions): AsyncGenerator<JobView> {
  const { signal, patienceMs } = options;
  const announce = announceTo(options.onConnection);
  const recovery = new Recovery(http, options, announce);
  let revision = options.lastEventId ?? 0;
  while (recovery.streamsComeThrough) {
    const headers = { Accept: 'text/event-stream', 'Last-Event-ID': String(revision) };
    const call = { path: jobPath(id, 'events'), headers, signal };
    try {
      for await (const job of streamJob(http, call, () => recovery.connected())) {
        revision = job.revision;
        yield job;
      }
      return;
    } catch (error) {
      if (lacksRoom(error)) break;
      await recovery.pause(error);
    }
  }
  yield* pollJob(http, id, { revision, signal, patienceMs, announce });
}
