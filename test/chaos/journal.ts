import type { BehaviourInput } from '../../local/fake-providers/behaviour.ts';
import type { SeenCall } from './chaos-provider.ts';
import type { Checkpoint } from './emulators/checkpoint-tap.ts';
import { type PlannedJob, planJob, planReply } from './plan-jobs.ts';
import type { Profile } from './profile.ts';
import { TokenBucket } from './token-bucket.ts';

/** What the world saw of the jobs, past the system's own word: calls that arrived, answers that were written. */
export class Journal {
  readonly #seed: number;
  readonly #profile: Profile;
  readonly #calls = new Map<number, SeenCall[]>();
  readonly #checkpoints = new Map<string, Checkpoint[]>();
  readonly #bucket: TokenBucket;
  readonly #onPoison: (worker: string) => void;
  refusedByRate = 0;

  /** `onPoison`: told which worker made a call for a job that kills its workers. */
  constructor(seed: number, profile: Profile, onPoison: (worker: string) => void) {
    this.#seed = seed;
    this.#profile = profile;
    this.#onPoison = onPoison;
    this.#bucket = new TokenBucket(profile.admittedPerSecond);
  }

  *plan(): Iterable<PlannedJob> {
    for (let number = 0; number < this.#profile.jobs; number += 1)
      yield planJob(this.#seed, number, this.#profile);
  }

  /** Writes a call down, and says how it is answered. */
  readonly answer = (call: SeenCall): BehaviourInput => {
    const calls = this.callsOf(call.job);
    this.#calls.set(call.job, [...calls, call]);
    if (this.#profile.poisonJobs.includes(call.job)) {
      this.#onPoison(call.worker);
      return { delivery: 'hang' };
    }
    if (call.provider === 'huggingface') {
      const waitMs = this.#bucket.take(performance.now());
      if (waitMs > 0) {
        this.refusedByRate += 1;
        return { reply: 'rate_limited', headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } };
      }
    }
    const isAlike = (other: SeenCall) => other.provider === call.provider && other.purpose === call.purpose;
    return planReply(this.#seed, call, calls.filter(isAlike).length + 1, this.#profile);
  };

  readonly checkpoint = (checkpoint: Checkpoint): void => {
    const kept = this.checkpointsOf(checkpoint.job_id);
    this.#checkpoints.set(checkpoint.job_id, [...kept, checkpoint]);
  };

  callsOf(job: number): SeenCall[] {
    return this.#calls.get(job) ?? [];
  }

  checkpointsOf(jobId: string): Checkpoint[] {
    return this.#checkpoints.get(jobId) ?? [];
  }
}
