/** Claims before the cap that a job is not given together with everything else. */
const LAST_CLAIMS = 2;
/** One death may be anything. */
const DEATHS_MIN = 2;
/** Suspects that run together while each of them has another claim left. */
const GROUP = 4;

type Claims = Readonly<{ id: string; claims: number }>;

/** A job whose owners died so often may be what killed them. */
export function isSuspect(job: Pick<Claims, 'claims'>, claimCap: number): boolean {
  return job.claims >= Math.max(DEATHS_MIN, claimCap - LAST_CLAIMS);
}

/**
 * Lets few suspects run at once in this process, and one with its last claim only alone. What dies with a job that
 * kills its workers comes back with it, each time: without this, all of them would come to the cap together and
 * end as poison.
 */
export class Suspects {
  readonly #claimCap: number;
  /** Which of those that run must be alone. */
  readonly #running = new Map<string, boolean>();

  constructor(claimCap: number) {
    this.#claimCap = claimCap;
  }

  /** True where the job may run now; `leave` says when it does no more. */
  tryEnter({ id, claims }: Claims): boolean {
    if (!isSuspect({ claims }, this.#claimCap)) return true;
    const others = [...this.#running].filter(([other]) => other !== id);
    const alone = claims >= this.#claimCap - 1;
    const isTaken = others.length >= (alone ? 1 : GROUP) || others.some(([, mustBeAlone]) => mustBeAlone);
    if (!isTaken) this.#running.set(id, alone);
    return !isTaken;
  }

  leave(jobId: string): void {
    this.#running.delete(jobId);
  }
}
