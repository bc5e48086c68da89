interface End {
  endedAt: number;
  status: string;
  line: string;
}

/** Reads from a worker's own log which jobs have ended, and when it knew that the store had it. */
export class EndedJobs {
  readonly #ends = new Map<string, PromiseWithResolvers<End>>();

  readonly onLine = (line: string): void => {
    if (!line.includes('"msg":"job ended"')) return;
    const { job_id: id, time, status } = JSON.parse(line) as Record<'job_id' | 'time' | 'status', string>;
    this.#endOf(id).resolve({ endedAt: Date.parse(time), status, line });
  };

  /**
   * Resolves with the epoch milliseconds at which the end of a job could be read by anybody; rejects where it did not
   * succeed.
   */
  async at(id: string): Promise<number> {
    const { endedAt, status, line } = await this.#endOf(id).promise;
    if (status !== 'succeeded') throw new Error(`job ${id} ended ${status}: ${line}`);
    return endedAt;
  }

  #endOf(id: string): PromiseWithResolvers<End> {
    const known = this.#ends.get(id);
    if (known) return known;
    const end = Promise.withResolvers<End>();
    this.#ends.set(id, end);
    return end;
  }
}
