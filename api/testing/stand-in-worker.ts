import { answerWrite } from '../../shared/job/answers.ts';
import { type End, endWrite } from '../../shared/job/ends.ts';
import type { JobWrite } from '../../shared/job/job-write.ts';
import type { Attempt, JobRecord, Merged } from '../../shared/job/record.ts';
import { claimWrite } from '../../shared/job/transitions.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Store } from '../../shared/ports/store.ts';

/** Writes to the store what a worker would, step by step. */
export class StandInWorker {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async claim(id: string): Promise<JobRecord> {
    const job = await this.#read(id);
    const open = job.panel.filter(({ id: provider }) => !job.answers[provider]);
    const attempts = Object.fromEntries(
      open.map(({ id: provider }) => [`${provider}-1`, this.#attempt(provider, job.fence + 1)]),
    );
    const now = this.#clock.now();
    return this.#write(claimWrite(job, { owner: 'worker-1', now, dueAt: now + 60_000, attempts }));
  }

  async answer(id: string, provider: string, text: string): Promise<JobRecord> {
    const job = await this.#read(id);
    const stored = {
      attempt: `${provider}-1`,
      outcome: 'ok' as const,
      text,
      language: 'en',
      finish: 'stop',
      latency_ms: 800,
      usage: { input_tokens: 20, output_tokens: 100 },
      cost: { usd: 0.001, priced: true },
      at: this.#clock.now(),
    };
    const { outcome, usage, cost } = stored;
    const attempt = { ...this.#attempt(provider, job.fence), outcome, usage, cost };
    return this.#write(answerWrite(id, stored, attempt));
  }

  async end(id: string, end: End): Promise<JobRecord> {
    return this.#write(endWrite(await this.#read(id), end, this.#clock.now()));
  }

  /** Claims, answers with every provider and merges. */
  async succeed(id: string, text = 'A private door to a service.', degraded = false): Promise<JobRecord> {
    const { panel } = await this.claim(id);
    const providers = panel.map(({ id: provider }) => provider);
    for (const provider of providers) await this.answer(id, provider, `${text} (${provider})`);
    const merged: Merged = {
      text,
      language: 'en',
      strategy: 'synthesis',
      merger: providers[0] ?? null,
      providers,
      agreement: providers.length > 1 ? { score: 0.9, method: 'similarity', n: providers.length } : null,
      dissent: [],
      fallback_reason: null,
    };
    const verdict = { considered: providers, filtered: {}, quorumGot: providers.length, degraded, merged };
    const job = await this.end(id, { status: 'succeeded', verdict });
    if (job.cache_hash !== undefined && !degraded) {
      await this.#store.putCached(job.client, job.cache_hash, { jobId: id, expiresAt: job.expires_at });
    }
    return job;
  }

  #attempt(provider: string, fence: number): Attempt {
    return { provider, purpose: 'answer', fence, started_at: this.#clock.now() };
  }

  async #read(id: string): Promise<JobRecord> {
    const job = await this.#store.getJob(id);
    if (!job) throw new Error(`there is no job ${id}`);
    return job;
  }

  async #write(write: JobWrite): Promise<JobRecord> {
    const result = await this.#store.writeJob(write);
    if (!result.applied) throw new Error(`the write was refused: ${JSON.stringify(result.job)}`);
    return result.job;
  }
}
