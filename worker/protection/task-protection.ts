import { LIMITS } from '../../shared/contract/limits.ts';
import type { Log } from '../../shared/log.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { PROTECTION_MINUTES, ProtectionRefusedError, type SetProtection } from './ecs-agent.ts';

const RENEW_MS = (PROTECTION_MINUTES * 60_000) / 2;
/** A worker between two jobs is not idle: its edges must not flap. */
const LINGER_MS = 10_000;
/**
 * ECS waits for protected tasks when it deploys, and under steady load a worker is never idle. So protection ends after
 * the longest deadline of a job, and comes back after a minute: who is stopped in between drains, and gives back what
 * it cannot end.
 */
export const STRETCH_MS = LIMITS.deadlineSecondsMax * 1000;
export const PAUSE_MS = 60_000;

export interface TaskProtectionDeps {
  clock: Clock;
  log: Log;
  setProtection: SetProtection;
}

/** Keeps ECS from scaling this task in, or replacing it, while it works. Work never waits for it, and no failure of it ends any. */
export class TaskProtection {
  readonly #deps: TaskProtectionDeps;
  #working = 0;
  #busy: AbortController | undefined;
  #lingering = new AbortController();
  #calls: Promise<void> = Promise.resolve();
  #complained = false;

  constructor(deps: TaskProtectionDeps) {
    this.#deps = deps;
  }

  /** Some work begins; call what it returns when that work is done. */
  begin(): () => void {
    this.#working += 1;
    this.#lingering.abort();
    if (!this.#busy) this.#becomeBusy();
    return () => {
      this.#working -= 1;
      if (this.#working === 0) void this.#linger();
    };
  }

  /** Ends the protection, whatever still works. Resolves within two timeouts of the agent's calls. */
  async stop(): Promise<void> {
    this.#lingering.abort();
    this.#becomeIdle();
    await this.#calls;
  }

  #becomeBusy(): void {
    const busy = new AbortController();
    this.#busy = busy;
    // One after the other: an earlier "no longer" must not arrive after a later "spare me".
    this.#calls = this.#calls.then(() => this.#protect(busy.signal));
  }

  #becomeIdle(): void {
    this.#busy?.abort();
    this.#busy = undefined;
  }

  async #linger(): Promise<void> {
    this.#lingering = new AbortController();
    const { signal } = this.#lingering;
    await this.#deps.clock.sleep(LINGER_MS, signal).catch(() => {});
    if (!signal.aborted) this.#becomeIdle();
  }

  async #protect(busy: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    let until = clock.monotonic() + STRETCH_MS;
    while (!busy.aborted) {
      const pausing = clock.monotonic() >= until;
      if (pausing) until = clock.monotonic() + PAUSE_MS + STRETCH_MS;
      await this.#tell(!pausing);
      await clock.sleep(pausing ? PAUSE_MS : RENEW_MS, busy).catch(() => {});
    }
    await this.#tell(false);
  }

  async #tell(protectedNow: boolean): Promise<void> {
    try {
      await this.#deps.setProtection(protectedNow);
      this.#complained = false;
    } catch (error) {
      if (this.#complained) return;
      this.#complained = true;
      const reason = error instanceof ProtectionRefusedError ? error.reason : 'UNREACHABLE';
      this.#deps.log.warn({ err: error, reason, wanted: protectedNow }, 'task protection not set');
    }
  }
}
