/** Reads from a worker's own log which jobs have ended, and when it knew that the store had it. */
export class EndedJobs {
  readonly #ended = new Map<string, number>();
  readonly #awaited = new Map<string, (endedAt: number) => void>();

  readonly onLine = (line: string): void => {
    if (!line.includes('"msg":"job ended"')) return;
    const { job_id: id, time, status } = JSON.parse(line) as Record<'job_id' | 'time' | 'status', string>;
    if (status !== 'succeeded') throw new Error(`job ${id} ended ${status}: ${line}`);
    const endedAt = Date.parse(time);
    this.#ended.set(id, endedAt);
    this.#awaited.get(id)?.(endedAt);
    this.#awaited.delete(id);
  };

  /** Resolves with the epoch milliseconds at which the end of a job could be read by anybody. */
  at(id: string): Promise<number> {
    const endedAt = this.#ended.get(id);
    if (endedAt !== undefined) return Promise.resolve(endedAt);
    return new Promise((resolve) => this.#awaited.set(id, resolve));
  }
}
