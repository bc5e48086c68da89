import type { Stack } from './stack.ts';

export interface Statement {
  Sid?: string;
  Effect: string;
  Principal?: unknown;
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

type OneOrMany = string | string[] | undefined;

function many(value: OneOrMany): string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** The statements of a policy document; none where the text is no JSON. */
export function readPolicy(text: string): Statement[] {
  if (text === '') return [];
  const { Statement } = JSON.parse(text) as {
    Statement: Record<string, unknown> | Record<string, unknown>[];
  };
  return [Statement].flat().map((raw) => ({
    ...(raw as unknown as Statement),
    Action: many(raw.Action as OneOrMany),
    Resource: many(raw.Resource as OneOrMany),
  }));
}

/** True where IAM's pattern, with `*` and `?`, covers `value`. */
export function covers(pattern: string, value: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(value);
}

/** True where one of the statements allows the action on the resource. */
export function allows(statements: readonly Statement[], action: string, resource: string): boolean {
  return statements.some(
    ({ Effect, Action, Resource }) =>
      Effect === 'Allow' &&
      Action.some((pattern) => covers(pattern, action)) &&
      Resource.some((pattern) => covers(pattern, resource)),
  );
}

/** All that a role may do, by its inline policies. */
export function statementsOfRole(stack: Stack, roleName: string): Statement[] {
  return stack
    .all('aws_iam_role_policy', (policy) => policy.text('role') === roleName)
    .flatMap((policy) => readPolicy(policy.text('policy')));
}

/** The name at the end of a role's ARN. */
export function roleNameOf(roleArn: string): string {
  return roleArn.split('/').at(-1) ?? '';
}
