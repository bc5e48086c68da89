import type { DeliveryOutcome } from '../consume/outcome.ts';
import type { JobRun, StopCause } from './job-run.ts';

/** A job that this process looks at or runs, with all the messages that brought it. */
export class ActiveJob {
  readonly outcome: Promise<DeliveryOutcome>;
  readonly #leases: AbortSignal[] = [];
  #run: JobRun | undefined;
  #stopCause: StopCause | undefined;

  /** `list` is called before the work begins. */
  constructor(
    lease: AbortSignal,
    list: (active: ActiveJob) => void,
    work: (active: ActiveJob) => Promise<DeliveryOutcome>,
  ) {
    this.#leases.push(lease);
    list(this);
    this.outcome = work(this);
  }

  get run(): JobRun | undefined {
    return this.#run;
  }

  /** Another message of the same job: it shares this one's outcome. */
  join(lease: AbortSignal): void {
    this.#leases.push(lease);
    this.#run?.addLease(lease);
  }

  attach(run: JobRun): void {
    this.#run = run;
    for (const lease of this.#leases) run.addLease(lease);
    if (this.#stopCause) run.stop(this.#stopCause);
  }

  stop(stopCause: StopCause): void {
    this.#stopCause = stopCause;
    this.#run?.stop(stopCause);
  }
}

/** The jobs of this process. One stands here from before its claim until after its end: the presence lists them. */
export class ActiveJobs {
  readonly #jobs = new Map<string, ActiveJob>();

  get count(): number {
    return this.#jobs.size;
  }

  get ids(): string[] {
    return [...this.#jobs.keys()];
  }

  get(jobId: string): ActiveJob | undefined {
    return this.#jobs.get(jobId);
  }

  all(): ActiveJob[] {
    return [...this.#jobs.values()];
  }

  async track(
    jobId: string,
    lease: AbortSignal,
    work: (active: ActiveJob) => Promise<DeliveryOutcome>,
  ): Promise<DeliveryOutcome> {
    // Listed before the work begins, so that no presence can miss it.
    const list = (active: ActiveJob) => void this.#jobs.set(jobId, active);
    try {
      return await new ActiveJob(lease, list, work).outcome;
    } finally {
      this.#jobs.delete(jobId);
    }
  }
}
