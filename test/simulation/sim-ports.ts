import type { JobWrite } from '../../shared/job/job-write.ts';
import type { Delivery, ExtendResult, Queue, QueueDepth } from '../../shared/ports/queue.ts';
import { QueueUnavailableError } from '../../shared/ports/queue.ts';
import { type Store, StoreUnavailableError } from '../../shared/ports/store.ts';
import type { SimNetwork } from './sim-network.ts';
import type { SimNode } from './sim-time.ts';

const lostStore = () => new StoreUnavailableError('simulating', 'the network lost it');
const lostQueue = () => new QueueUnavailableError('simulating', 'the network lost it');

/** A store as one process reaches it. `seeWrite` is told who writes what, before it happens. */
export function remoteStore(
  store: Store,
  node: SimNode,
  network: SimNetwork,
  write: (node: SimNode, write: JobWrite) => ReturnType<Store['writeJob']>,
): Store {
  const over = <Args extends unknown[], T>(method: (...args: Args) => Promise<T>) => {
    return (...args: Args) => network.call(node, () => method.apply(store, args), lostStore);
  };
  return {
    createJob: over(store.createJob),
    getJobs: over(store.getJobs),
    getJob: over(store.getJob),
    writeJob: (one) => network.call(node, () => write(node, one), lostStore),
    deleteUnclaimedJob: over(store.deleteUnclaimedJob),
    listJobs: over(store.listJobs),
    dueJobs: over(store.dueJobs),
    putPresence: over(store.putPresence),
    getPresence: over(store.getPresence),
    listPresences: over(store.listPresences),
    countQuestion: over(store.countQuestion),
    uncountQuestion: over(store.uncountQuestion),
    getCached: over(store.getCached),
    putCached: over(store.putCached),
    ping: over(store.ping),
    close: async () => {},
  };
}

/** A queue as one process reaches it; it may also keep a message twice, as SQS may. */
export function remoteQueue(queue: Queue, node: SimNode, network: SimNetwork): Queue {
  const over = <T>(effect: () => Promise<T>) => network.call(node, effect, lostQueue);
  return {
    send: (body) =>
      over(async () => {
        await queue.send(body);
        if (network.chance(network.faultRate / 4)) await queue.send(body);
      }),
    receive: (max, waitSeconds, visibilitySeconds): Promise<Delivery[]> =>
      over(() => queue.receive(max, waitSeconds, visibilitySeconds)),
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
