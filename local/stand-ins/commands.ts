import { join } from 'node:path';
import type { ChildEnvs } from '../child-env.ts';
import type { ChildCommand } from '../supervised-child.ts';

/** Stand-ins for api and worker, so that the supervisor is tested without them. */
export function standIns({ api, worker }: ChildEnvs): ChildCommand[] {
  return [
    { name: 'API', args: [join(import.meta.dirname, 'api/main.ts')], env: api },
    { name: 'worker', args: [join(import.meta.dirname, 'worker/main.ts')], env: worker },
  ];
}
