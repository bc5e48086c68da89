import { useEffect, useState } from 'preact/hooks';
import type { JobView } from '../../../client.ts';

/** The jobs that this page has seen, each as it was seen last. */
export class JobShelf {
  readonly #jobs = new Map<string, JobView>();
  readonly #listeners = new Set<() => void>();

  get(id: string): JobView | undefined {
    return this.#jobs.get(id);
  }

  /** Newest first. */
  all(): JobView[] {
    return [...this.#jobs.values()].sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  }

  /** Keeps the newer one where a job is known: responses may overtake each other. */
  put(...jobs: JobView[]): void {
    for (const job of jobs) {
      const known = this.#jobs.get(job.id);
      if (!known || known.revision <= job.revision) this.#jobs.set(job.id, job);
    }
    this.#tell();
  }

  remove(id: string): void {
    this.#jobs.delete(id);
    this.#tell();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Shows again whatever uses it when the shelf changes. */
export function useShelf(shelf: JobShelf): JobShelf {
  const [, setTurn] = useState(0);
  useEffect(() => shelf.subscribe(() => setTurn((turn) => turn + 1)), [shelf]);
  return shelf;
}
