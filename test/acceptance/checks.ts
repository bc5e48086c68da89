import type { Deployment } from './deployment.ts';
import { DOOR_CHECKS } from './door-checks.ts';
import { JOB_CHECKS } from './job-checks.ts';

export interface Check {
  name: string;
  /** Why it cannot be asked of this deployment; undefined where it can. */
  skip?: (deployment: Deployment) => string | undefined;
  /** Rejects where the deployment is not as it should be. */
  run: (deployment: Deployment) => Promise<void>;
}

/** What a deployment must do to be accepted: first what answers at once, then what costs a question. */
export const CHECKS: readonly Check[] = [...DOOR_CHECKS, ...JOB_CHECKS];
