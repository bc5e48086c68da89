import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { cpuOf } from './cpu-of.ts';

/** From this share of a core on, a server is what limits the run. */
const LIMIT_SHARE = 0.9;

export interface WatchedServer {
  name: string;
  pid: number;
}

/** Watches the servers' CPU over windows, to say when one of them and not the contender was the limit. */
export class LimitWatch {
  readonly #servers: readonly WatchedServer[];
  readonly #highest = new Map<string, number>();

  constructor(servers: readonly WatchedServer[]) {
    this.#servers = servers;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    const startedAt = systemClock.monotonic();
    const before = await Promise.all(this.#servers.map(({ pid }) => cpuOf(pid)));
    const result = await work();
    const wallMs = systemClock.monotonic() - startedAt;
    await Promise.all(
      this.#servers.map(async ({ name, pid }, index) => {
        const [from, to] = [before[index], await cpuOf(pid)];
        if (from === undefined || to === undefined) return;
        this.#highest.set(name, Math.max(this.#highest.get(name) ?? 0, (to - from) / wallMs));
      }),
    );
    return result;
  }

  /** What to tell the reader of a wall-clock figure. */
  notes(): string[] {
    return [...this.#highest]
      .filter(([, share]) => share >= LIMIT_SHARE)
      .map(([name, share]) => `${name} was the limit: ${Math.round(share * 100)} % of a core`);
  }
}
