import { createDynamoStore } from '../../shared/adapters/dynamo/dynamo-store.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import type { AwsConfig } from '../../shared/config/common.ts';
import type { Store } from '../../shared/ports/store.ts';
import { benchJob } from './bench-job.ts';
import { followJob, type Step } from './follow-job.ts';
import { question } from './measured-questions.ts';
import { panelOf } from './stage.ts';

const PROVIDERS = 3;
const AT_ONCE = 500;
/** Each with one call at a time. */
const ALONE = 8;
const ALONE_SHARE = 1 / 5;

const untimed: Step = (_, call) => call();

async function live(store: Store, index: number): Promise<void> {
  const job = benchJob(question(index, 0), panelOf(PROVIDERS));
  await followJob(store, job, untimed);
  if (!(await store.getJob(job.id))) throw new Error(`job ${job.id} is gone`);
}

/**
 * So many jobs from put to end, most of them together and some alone, as calls for many and for one are not the same.
 * A table of AWS has been up for years: the compilers of one that has just begun are no part of any contender.
 */
export async function warmStore(aws: AwsConfig, jobs: number): Promise<void> {
  const stores = Array.from({ length: ALONE }, () => createDynamoStore({ aws, clock: systemClock }));
  const [shared] = stores as [Store];
  try {
    for (let done = 0; done < jobs; done += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => live(shared, index)));
    const each = Math.ceil((jobs * ALONE_SHARE) / ALONE);
    await Promise.all(
      stores.map(async (store) => {
        for (let index = 0; index < each; index += 1) await live(store, index);
      }),
    );
  } finally {
    await Promise.all(stores.map((store) => store.close()));
  }
}
