import type { AwsConfig } from '../../config/common.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { getCached, putCached } from './cache-entries.ts';
import { dueJobs } from './due-jobs.ts';
import { listJobs } from './job-list.ts';
import { Jobs } from './jobs.ts';
import { getPresence, listPresences, putPresence } from './presences.ts';
import { Quotas } from './quotas.ts';
import { Table } from './table.ts';

/** The store on one DynamoDB table; its keys and indexes are those of `shared/table.json`. */
export function createDynamoStore({ aws, clock }: { aws: AwsConfig; clock: Clock }): Store {
  const table = new Table(aws, clock);
  const jobs = new Jobs(table);
  const quotas = new Quotas(table);
  return {
    createJob: (job) => jobs.create(job),
    getJob: (id) => jobs.read(id),
    getJobs: (ids) => Promise.all(ids.map((id) => jobs.read(id))),
    writeJob: (write, known) => jobs.write(write, known),
    deleteUnclaimedJob: (id) => jobs.deleteUnclaimed(id),
    listJobs: (client, query) => listJobs(table, client, query),
    dueJobs: (now, limit) => dueJobs(table, now, limit),
    putPresence: (presence) => putPresence(table, presence),
    getPresence: (workerId) => getPresence(table, workerId),
    listPresences: () => listPresences(table),
    countQuestion: (client, day, quota) => quotas.count(client, day, quota),
    uncountQuestion: (client, day) => quotas.uncount(client, day),
    getCached: (client, hash) => getCached(table, client, hash),
    putCached: (client, hash, entry) => putCached(table, client, hash, entry),
    ping: () => table.ping(),
    async close() {
      await Promise.all([jobs.idle(), quotas.idle()]);
      await table.close();
    },
  };
}
