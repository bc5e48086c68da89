import { isSimulated } from '../shared/config/common.ts';
import type { PanelMember } from '../shared/job/record.ts';

function describePanel(panel: readonly PanelMember[]): string {
  return panel.map(({ id, model }) => `${id} (${isSimulated(id) ? 'SIMULATED' : model})`).join(', ');
}

/** What `npm start` says once everything is up. */
export function announce(
  address: string,
  panel: readonly PanelMember[],
  options: { keysNeeded: boolean },
): string {
  const simulated = panel.every(({ id }) => isSimulated(id));
  const authorization = options.keysNeeded ? "-H 'authorization: Bearer YOUR_KEY' " : '';
  return [
    `IsCoolGPT is ready: ${address}`,
    '',
    `  providers  ${describePanel(panel)}`,
    ...(simulated
      ? [
          '             their answers are made up: set OPENAI_API_KEY, GEMINI_API_KEY or HF_TOKEN for real ones',
        ]
      : []),
    `  open       ${address}`,
    `  access     from this machine only${options.keysNeeded ? '' : ', no key needed'}`,
    `  ask        curl -s ${address}/v1/jobs -H 'content-type: application/json' ${authorization}-H 'prefer: wait=30' -d '{"question":"What is a VPC endpoint?"}'`,
    '  stop       Ctrl-C',
    '',
  ].join('\n');
}
