import type { StatusView } from '../../shared/contract/status.ts';
import type { ApiDeps } from '../deps.ts';
import { Fresh } from './fresh.ts';
import { viewOpenJobs } from './open-jobs.ts';
import { viewOwnJobs } from './own-jobs.ts';

const FRESH_MS = 4000;

/** How the service is. Many who watch it cost no more than one. */
export class ServiceStatus {
  readonly #deps: Pick<ApiDeps, 'store' | 'queue' | 'clock' | 'log'>;
  readonly #queue: Fresh<StatusView['queue']>;
  readonly #openJobs: Fresh<StatusView['open_jobs']>;
  readonly #ownJobs: Fresh<StatusView['own_jobs']>;

  constructor(deps: Pick<ApiDeps, 'store' | 'queue' | 'clock' | 'log'>) {
    this.#deps = deps;
    this.#queue = new Fresh(deps.clock, FRESH_MS);
    this.#openJobs = new Fresh(deps.clock, FRESH_MS);
    this.#ownJobs = new Fresh(deps.clock, FRESH_MS);
  }

  async view(client: string): Promise<StatusView> {
    const { store, clock } = this.#deps;
    const [queue, openJobs, ownJobs] = await Promise.all([
      this.#queue.get('', () => this.#depth()),
      this.#openJobs.get('', () => viewOpenJobs(store, clock)),
      this.#ownJobs.get(client, () => viewOwnJobs(this.#deps, client)),
    ]);
    return { at: new Date(clock.now()).toISOString(), queue, open_jobs: openJobs, own_jobs: ownJobs };
  }

  /** A queue that is down is what somebody may be looking for here: the rest is shown nonetheless. */
  async #depth(): Promise<StatusView['queue']> {
    try {
      const { visible, inFlight, delayed } = await this.#deps.queue.depth();
      return { waiting: visible, in_flight: inFlight, delayed };
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'the depth of the queue is not known');
      return null;
    }
  }
}
