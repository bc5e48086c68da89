/** Claims before the cap that a job is given alone. */
const LAST_CLAIMS = 2;

/** A job whose owners died so often may be what killed them. */
export function isSuspect(job: { claims: number }, claimCap: number): boolean {
  return job.claims > 0 && job.claims >= claimCap - LAST_CLAIMS;
}

/**
 * Lets one suspect run at a time in this process. What dies with a job that kills its workers comes back with it,
 * each time: without this, all of them would come to the cap together and end as poison.
 */
export class Suspects {
  #running: string | undefined;

  tryEnter(jobId: string): boolean {
    if (this.#running !== undefined && this.#running !== jobId) return false;
    this.#running = jobId;
    return true;
  }

  leave(jobId: string): void {
    if (this.#running === jobId) this.#running = undefined;
  }
}
