import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Meters } from './meters.ts';

const OUTCOMES = ['ended', 'discarded', 'true', 'false'] as const;
const outcome = fc.constantFrom(...OUTCOMES);
const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ status: outcome, degraded: outcome, by: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.constant('look' as const) },
);

/** Of each set of labels, what is shown of it. */
async function shown(meters: Meters<'worker'>): Promise<Map<string, number>> {
  const { body } = await meters.render();
  const lines = body.matchAll(/^iscoolgpt_jobs_ended_total\{status="(.*)",degraded="(.*)"\} (\d+)$/gm);
  return new Map([...lines].map(([, status, degraded, value]) => [`${status} ${degraded}`, Number(value)]));
}

it('shows of each set of labels what was counted of it, however often somebody looks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
      const meters = new Meters('worker');
      const counted = new Map<string, number>();
      for (const one of [...events, 'look' as const]) {
        if (one === 'look') {
          expect(await shown(meters)).toEqual(counted);
          continue;
        }
        const { by, ...labels } = one;
        meters.count('iscoolgpt_jobs_ended_total', labels, by);
        const key = `${labels.status} ${labels.degraded}`;
        counted.set(key, (counted.get(key) ?? 0) + by);
      }
    }),
  );
});
