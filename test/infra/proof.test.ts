import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prove } from '../../scripts/infra/proof/prove.ts';
import { Stack } from '../../scripts/infra/proof/stack.ts';
import { NETWORK_MISTAKES } from './mistakes/network.ts';
import { Patch } from './mistakes/patch.ts';
import { STORE_AND_METRICS_MISTAKES } from './mistakes/store-and-metrics.ts';
import { TASKS_MISTAKES } from './mistakes/tasks.ts';
import { TRACING_MISTAKES } from './mistakes/tracing.ts';

const MISTAKES = [...NETWORK_MISTAKES, ...TASKS_MISTAKES, ...STORE_AND_METRICS_MISTAKES, ...TRACING_MISTAKES];

function snapshot(environment: string): string {
  return readFileSync(join(import.meta.dirname, 'fixtures', `${environment}.jsonl`), 'utf8');
}

describe.each(['staging', 'production'])('the stack of %s', (environment) => {
  it('has nothing wrong', () => {
    const stack = new Stack(new Patch(snapshot(environment)).plan);
    expect(prove(stack).map(String)).toEqual([]);
    expect(stack.environment).toBe(environment);
  });

  const mistakes = MISTAKES.filter(({ only }) => only === undefined || only === environment);
  it.each(mistakes)('shows $what', ({ found, plant }) => {
    const patch = new Patch(snapshot(environment));
    plant(patch);
    const findings = prove(new Stack(patch.plan));
    expect(
      findings.map(({ address }) => address),
      findings.map(String).join('\n'),
    ).toContain(found);
  });
});

it('is documented, mistake by mistake', () => {
  const document = readFileSync(join(import.meta.dirname, '../../docs/infrastructure.md'), 'utf8');
  expect(MISTAKES.map(({ what }) => what).filter((what) => !document.includes(`| ${what} |`))).toEqual([]);
});
