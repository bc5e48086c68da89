import type { SimNetwork } from './sim-network.ts';
import type { SimNode } from './sim-time.ts';

/** Who is told by webhook of a job's end: at times it refuses, and at times its answer is lost. */
export class SimReceiver {
  readonly #network: SimNetwork;
  readonly #float: () => number;
  /** The `webhook-id` of each request that arrived, whatever was answered. */
  readonly seen: string[] = [];

  constructor(network: SimNetwork, float: () => number) {
    this.#network = network;
    this.#float = float;
  }

  postFrom(node: SimNode) {
    return (_url: string, headers: Record<string, string>): Promise<number> =>
      this.#network.call(
        node,
        async () => {
          this.seen.push(headers['webhook-id'] as string);
          return this.#float() < 0.2 ? 503 : 204;
        },
        () => new Error('the receiver did not answer'),
      );
  }
}
