import type { SimNode, SimTime } from './sim-time.ts';

export type Fault = 'none' | 'throttled' | 'lost_request' | 'lost_response';

/** Uniform in [0, 1), from a seed: mulberry32. */
export function seededFloats(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * What lies between a process and its peers: latency, which reorders, peers that throttle, and requests or
 * responses that are lost.
 * A request on its way arrives although its sender has died; its response then reaches nobody.
 */
export class SimNetwork {
  readonly #time: SimTime;
  readonly #float: () => number;
  readonly faultRate: number;
  /** Told of each arrival, so that a crash can be planned at any of them. */
  onArrival: (node: SimNode) => void = () => {};

  constructor(time: SimTime, float: () => number, faultRate: number) {
    this.#time = time;
    this.#float = float;
    this.faultRate = faultRate;
  }

  chance(share: number): boolean {
    return this.#float() < share;
  }

  latencyMs(): number {
    const draw = this.#float();
    return draw > 0.98 ? 100 + Math.floor(draw * 2000) : 1 + Math.floor(draw * 15);
  }

  /** How old what a read of an index says may be, in milliseconds. */
  stalenessMs(): number {
    return this.chance(0.2) ? Math.floor(this.#float() * 3000) : 0;
  }

  /**
   * Calls a peer from `node`; `unavailable` makes the error of a call whose response never came. What is read
   * comes back `staleMs` later than it was true.
   */
  call<T>(node: SimNode, effect: () => Promise<T>, unavailable: () => Error, staleMs = 0): Promise<T> {
    const fault = this.#drawFault();
    return new Promise((resolve, reject) => {
      if (node.isDead) return;
      const fail = () => this.#time.schedule(1000, () => node.deliver(() => reject(unavailable())));
      this.#time.schedule(this.latencyMs(), () => {
        if (fault === 'lost_request') return void fail();
        if (fault === 'throttled') return node.deliver(() => reject(unavailable()));
        const settled = effect();
        this.onArrival(node);
        const back = (deliver: () => void) =>
          this.#time.schedule(this.latencyMs() + staleMs, () => node.deliver(deliver));
        settled.then(
          (value) => (fault === 'lost_response' ? fail() : back(() => resolve(value))),
          (error) => back(() => reject(error)),
        );
      });
    });
  }

  #drawFault(): Fault {
    const draw = this.#float();
    if (draw < this.faultRate / 3) return 'throttled';
    if (draw < (2 * this.faultRate) / 3) return 'lost_request';
    return draw < this.faultRate ? 'lost_response' : 'none';
  }
}
