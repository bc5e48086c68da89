import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Stack } from '../../scripts/infra/proof/stack.ts';
import { readInvocation } from '../../scripts/ops/parse-args.ts';
import { Patch } from './mistakes/patch.ts';

const RUNBOOK = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');

/** Names of alarms that the runbook's table speaks of; `*` stands for anything. */
function alarmsInRunbook(): RegExp[] {
  const table = RUNBOOK.slice(RUNBOOK.indexOf('## Alarms'), RUNBOOK.indexOf('## Rotating keys'));
  const cells = table
    .split('\n')
    .flatMap((line) => (line.startsWith('| `') ? [line.split('|')[1] ?? ''] : []));
  const names = cells.flatMap((cell) => [...cell.matchAll(/`([a-z*-]+)`/g)].map(([, name]) => name ?? ''));
  return names.map((name) => new RegExp(`^${name.replaceAll('*', '.+')}$`));
}

it.each(['staging', 'production'])('says what to do about each alarm of %s, and no other', (environment) => {
  const snapshot = readFileSync(join(import.meta.dirname, `fixtures/${environment}.jsonl`), 'utf8');
  const stack = new Stack(new Patch(snapshot).plan);
  const names = stack
    .all('aws_cloudwatch_metric_alarm')
    .map((alarm) => alarm.text('alarm_name').replace(`iscoolgpt-${environment}-`, ''));
  const known = alarmsInRunbook();
  expect(names.filter((name) => !known.some((pattern) => pattern.test(name)))).toEqual([]);
  // The first task is a matter of staging alone, whose floor is 0.
  const unknown = known.filter((pattern) => !names.some((name) => pattern.test(name)));
  expect(unknown.map(String)).toEqual(environment === 'production' ? ['/^scale-worker-wake$/'] : []);
});

it('names commands that there are', () => {
  const commands = [...RUNBOOK.matchAll(/`npm run ops -- ([^`<]+)`/g)].map(([, words = '']) => words);
  expect(commands.length).toBeGreaterThan(5);
  for (const words of commands) {
    const whole = words === 'scale' ? 'scale --min 1 --max 2' : words;
    expect(() => readInvocation(whole.split(' ')), words).not.toThrow();
  }
});
