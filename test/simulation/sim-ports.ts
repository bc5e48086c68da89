import type { Delivery, ExtendResult, Queue, QueueDepth } from '../../shared/ports/queue.ts';
import { QueueUnavailableError } from '../../shared/ports/queue.ts';
import { type Store, StoreUnavailableError } from '../../shared/ports/store.ts';
import type { SimNetwork } from './sim-network.ts';
import type { SimNode } from './sim-time.ts';

const lostStore = () => new StoreUnavailableError('simulating', 'the network lost it');
const lostQueue = () => new QueueUnavailableError('simulating', 'the network lost it');

/** A store as one process reaches it, whose indexes lag. `write` is told who writes what. */
export function remoteStore(
  store: Store,
  node: SimNode,
  network: SimNetwork,
  write: (node: SimNode, ...asked: Parameters<Store['writeJob']>) => ReturnType<Store['writeJob']>,
): Store {
  const over = <Args extends unknown[], T>(method: (...args: Args) => Promise<T>) => {
    return (...args: Args) => network.call(node, () => method.apply(store, args), lostStore);
  };
  const overIndex = <Args extends unknown[], T>(method: (...args: Args) => Promise<T>) => {
    return (...args: Args) =>
      network.call(node, () => method.apply(store, args), lostStore, network.stalenessMs());
  };
  return {
    createJob: over(store.createJob),
    getJobs: over(store.getJobs),
    getJob: over(store.getJob),
    writeJob: (...asked) => network.call(node, () => write(node, ...asked), lostStore),
    deleteUnclaimedJob: over(store.deleteUnclaimedJob),
    listJobs: overIndex(store.listJobs),
    dueJobs: overIndex(store.dueJobs),
    putPresence: over(store.putPresence),
    getPresence: over(store.getPresence),
    listPresences: overIndex(store.listPresences),
    countQuestion: over(store.countQuestion),
    uncountQuestion: over(store.uncountQuestion),
    getCached: over(store.getCached),
    putCached: over(store.putCached),
    ping: over(store.ping),
    close: async () => {},
  };
}

/**
 * A queue as one process reaches it; as SQS may, it also keeps a message twice, refuses an entry of a batch, and
 * hands out nothing while `inFlightCap` messages are held.
 */
export function remoteQueue(queue: Queue, node: SimNode, network: SimNetwork, inFlightCap: number): Queue {
  const over = <T>(effect: () => Promise<T>) => network.call(node, effect, lostQueue);
  return {
    send: (body) =>
      over(async () => {
        await queue.send(body);
        if (network.chance(network.faultRate / 4)) await queue.send(body);
      }),
    receive: (max, waitSeconds, visibilitySeconds): Promise<Delivery[]> =>
      over(async () => {
        const room = inFlightCap - (await queue.depth()).inFlight;
        if (room <= 0) throw new QueueUnavailableError('receiving', 'OverLimit');
        return queue.receive(Math.min(max, room), waitSeconds, visibilitySeconds);
      }),
    ack: (receipt) => over(() => queue.ack(receipt)),
    extend: (receipt, visibilitySeconds): Promise<ExtendResult> =>
      over(async () =>
        network.chance(network.faultRate / 4) ? 'failed' : queue.extend(receipt, visibilitySeconds),
      ),
    sendDeadLetter: (body, reason) => over(() => queue.sendDeadLetter(body, reason)),
    depth: (): Promise<QueueDepth> => over(() => queue.depth()),
    close: async () => {},
  };
}
