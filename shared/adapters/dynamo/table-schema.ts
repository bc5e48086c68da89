import schema from '../../table.json' with { type: 'json' };

interface Index {
  name: string;
  hashKey: string;
  rangeKey: string;
}

function indexNamed(name: string): Index {
  const index = schema.global_secondary_indexes.find((candidate) => candidate.name === name);
  if (!index) throw new Error(`shared/table.json has no index ${name}`);
  return { name, hashKey: index.hash_key, rangeKey: index.range_key };
}

export const HASH_KEY = schema.hash_key.name;
export const EXPIRES_AT = schema.ttl_attribute;
export const BY_CLIENT = indexNamed('by_client');
export const OPEN_JOBS = indexNamed('open_jobs');
export const OPEN_SHARDS = schema.open_shards;

/** Rows by prefix. A day and a hash have no `#` in them, so no two rows share a key. */
export const rowKey = {
  job: (id: string) => `JOB#${id}`,
  presence: (workerId: string) => `WORKER#${workerId}`,
  quota: (client: string, day: string) => `QUOTA#${client}#${day}`,
  cached: (client: string, hash: string) => `CACHE#${client}#${hash}`,
};
