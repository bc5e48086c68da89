import { Behaviour, type BehaviourInput } from './behaviour.ts';
import { repliesOf } from './wire.ts';

const DEFAULT: Behaviour = Behaviour.parse({});

/** What each provider will do next; without a script, all is well. */
export class Scripts {
  readonly #queues = new Map<string, Behaviour[]>();

  /** Replaces a provider's script; throws, changing nothing, where a reply is not among its fixtures. */
  set(provider: string, inputs: readonly BehaviourInput[]): void {
    const behaviours = inputs.map((input) => Behaviour.parse(input));
    const known = Object.keys(repliesOf(provider));
    const unknown = behaviours.find(({ reply }) => !known.includes(reply));
    if (unknown) {
      throw new RangeError(`${provider} has no reply "${unknown.reply}"; it has ${known.sort().join(', ')}.`);
    }
    this.#queues.set(provider, behaviours);
  }

  clear(): void {
    this.#queues.clear();
  }

  next(provider: string): Behaviour {
    const queue = this.#queues.get(provider);
    const behaviour = queue?.[0];
    if (queue === undefined || behaviour === undefined) return DEFAULT;
    if (behaviour.times === 'always') return behaviour;
    if (behaviour.times === 1) queue.shift();
    else queue[0] = { ...behaviour, times: behaviour.times - 1 };
    return behaviour;
  }
}
