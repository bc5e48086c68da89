import type { AwsConfig } from '../shared/config/common.ts';
import type { Env } from '../shared/config/env-reader.ts';
import type { PanelMember } from '../shared/job/record.ts';
import { awsEnv } from './aws-env.ts';
import { LOOPBACK } from './emulators/emulator.ts';
import { SECRET_NAMES } from './panel.ts';

export interface ChildEnvs {
  api: Env;
  worker: Env;
}

/** A profile or a session of the user's own must never sign, or be asked for, what goes to an emulator. */
const FOREIGN = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL'];

function without(env: Env, names: readonly string[]): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

/** What api and worker are told: the user's own settings, the embedded services, one panel for both. */
export function childEnvs(
  userEnv: Env,
  embedded: { aws: AwsConfig; panel: PanelMember[]; port: number },
): ChildEnvs {
  const { aws, panel, port } = embedded;
  const common: Env = {
    DRAIN_SECONDS: '2',
    LOG_LEVEL: 'warn',
    ...without(userEnv, FOREIGN),
    APP_ENV: 'local',
    HOST: LOOPBACK,
    PORT: String(port),
    PANEL: JSON.stringify(panel),
    ...awsEnv(aws),
    AWS_ACCESS_KEY_ID: aws.credentials?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.credentials?.secretAccessKey,
  };
  return {
    api: without(common, SECRET_NAMES),
    // The embedded queue is empty at each start, the table is not: the first sweep sends every open job again.
    worker: { POLL_SECONDS: '1', METRICS_PORT: '0', ...common, EMBEDDED_START: '1' },
  };
}
