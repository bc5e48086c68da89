import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prove } from '../../scripts/infra/proof/prove.ts';
import { Stack } from '../../scripts/infra/proof/stack.ts';
import { MISTAKES, Patch } from './planted-mistakes.ts';

function snapshot(environment: string): string {
  return readFileSync(join(import.meta.dirname, 'fixtures', `${environment}.json`), 'utf8');
}

describe.each(['staging', 'production'])('the stack of %s', (environment) => {
  it('has nothing wrong', () => {
    const stack = new Stack(new Patch(snapshot(environment)).plan);
    expect(prove(stack).map(String)).toEqual([]);
    expect(stack.environment).toBe(environment);
  });

  it.each(MISTAKES)('shows $what', ({ found, plant }) => {
    const patch = new Patch(snapshot(environment));
    plant(patch);
    const findings = prove(new Stack(patch.plan));
    expect(findings.map(({ address }) => address), findings.map(String).join('\n')).toContain(found);
  });
});
