import type { PlannedModule, PlannedResource, ShownPlan } from './stack.ts';

/** Of a plan, what the proof looks at: a resource a line, so that a diff of it can be read. */
export function snapshotOf(plan: ShownPlan): string {
  const resources = [
    ...resourcesOf(plan.planned_values.root_module, 'managed'),
    ...resourcesOf(plan.prior_state?.values.root_module, 'data'),
  ];
  const lines = resources.map(({ address, mode, type, values }) =>
    JSON.stringify({ address, mode, type, values }),
  );
  return `${lines.sort().join('\n')}\n`;
}

function resourcesOf(module: PlannedModule | undefined, mode: string): PlannedResource[] {
  const own = (module?.resources ?? []).filter((resource) => resource.mode === mode);
  return [...own, ...(module?.child_modules ?? []).flatMap((child) => resourcesOf(child, mode))];
}

/** The plan that a snapshot was taken of, its modules folded into one. */
export function readSnapshot(snapshot: string): ShownPlan {
  const lines = snapshot.split('\n').filter((line) => line !== '');
  return {
    planned_values: { root_module: { resources: lines.map((line) => JSON.parse(line) as PlannedResource) } },
  };
}

function addressesOf(snapshot: string): Set<string> {
  const { resources = [] } = readSnapshot(snapshot).planned_values.root_module;
  return new Set(resources.map(({ address }) => address));
}

/** What one snapshot holds and the other does not, by address: `+` is new in `fresh`, `-` is gone from it. */
export function compareSnapshots(kept: string, fresh: string): string[] {
  const [before, after] = [addressesOf(kept), addressesOf(fresh)];
  return [
    ...[...after].filter((address) => !before.has(address)).map((address) => `+ ${address}`),
    ...[...before].filter((address) => !after.has(address)).map((address) => `- ${address}`),
  ];
}
