import type { JobWrite } from '../../job/job-write.ts';
import type { Store } from '../../ports/store.ts';
import { newId } from './fixtures.ts';

/** A write of a job that there is not: it is refused, and changes nothing. */
const ofNobody = (): JobWrite => ({
  id: newId(),
  require: [],
  set: [[['fence'], 0]],
  remove: [],
  revise: true,
});

/** The same store with a second write beside each, so that both go as statements of one batch. */
export function inCompany(store: Store): Store {
  const beside = async <T>(write: Promise<T>): Promise<T> =>
    (await Promise.all([write, store.writeJob(ofNobody())]))[0];
  return {
    ...store,
    createJob: (job) => beside(store.createJob(job)),
    writeJob: (write, known) => beside(store.writeJob(write, known)),
  };
}
