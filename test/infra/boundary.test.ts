import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const TERRAFORM = join(import.meta.dirname, '../../terraform');

/** IAM actions that a piece of Terraform names; a condition’s keys are none, nor is who may take a role. */
function actionsIn(text: string): string[] {
  const named = [...text.matchAll(/"([a-z]+:[A-Z][A-Za-z]+)"/g)].map(([, action = '']) => action);
  return [...new Set(named)].filter((action) => !/^(aws|iam|kms|sts):/.test(action)).sort();
}

function boundary(): string {
  const text = readFileSync(join(TERRAFORM, 'bootstrap/apply-role.tf'), 'utf8');
  const found = /resource "aws_iam_policy" "task_boundary" \{\n([\s\S]*?)\n\}\n/.exec(text)?.[1];
  if (found === undefined) throw new Error('bootstrap/apply-role.tf makes no task_boundary');
  return found;
}

it('bounds the roles of tasks by what they are given, no less and no more', () => {
  const given = ['iam.tf', 'modules/service/iam.tf'].map((file) =>
    readFileSync(join(TERRAFORM, file), 'utf8'),
  );
  expect(actionsIn(boundary())).toEqual(actionsIn(given.join('\n')));
});
