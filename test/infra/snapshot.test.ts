import { expect, it } from 'vitest';
import { compareSnapshots, snapshotOf } from '../../scripts/infra/proof/snapshot.ts';
import type { ShownPlan } from '../../scripts/infra/proof/stack.ts';

function resource(address: string, mode = 'managed') {
  return { address, mode, type: 'aws_sqs_queue', values: { name: address } };
}

const PLAN: ShownPlan = {
  planned_values: {
    root_module: {
      resources: [resource('aws_sqs_queue.jobs')],
      child_modules: [{ resources: [resource('module.api.aws_iam_role.task')] }],
    },
  },
  prior_state: {
    values: { root_module: { resources: [resource('data.one', 'data'), resource('aws_old.one')] } },
  },
};

it('keeps what is planned and what was read, a resource a line', () => {
  const lines = snapshotOf(PLAN).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).address)).toEqual([
    'aws_sqs_queue.jobs',
    'data.one',
    'module.api.aws_iam_role.task',
  ]);
});

it('tells what came and what went', () => {
  const kept = snapshotOf({
    planned_values: { root_module: { resources: [resource('aws_sqs_queue.old')] } },
  });
  expect(compareSnapshots(kept, snapshotOf(PLAN))).toEqual([
    '+ aws_sqs_queue.jobs',
    '+ data.one',
    '+ module.api.aws_iam_role.task',
    '- aws_sqs_queue.old',
  ]);
});
