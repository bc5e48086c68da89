import { globSync } from 'node:fs';

export interface Check {
  name: string;
  program: string;
  args: string[];
  /** Below the project's root. */
  folder?: string;
  minutes: number;
  /** Left out by --quick. */
  slow?: boolean;
}

function terraform(name: string, args: string[], options: Partial<Check> = {}): Check {
  return { name, program: 'terraform', args, folder: 'terraform', minutes: 5, ...options };
}

const INIT = ['init', '-backend=false', '-input=false', '-lockfile=readonly', '-no-color'];

/** Every check, in the order in which it runs: what is fast and tells most comes first. */
export function allChecks(root: string): Check[] {
  const find = (pattern: string) => globSync(pattern, { cwd: root }).sort();
  return [
    { name: 'shell scripts', program: 'shellcheck', args: find('scripts/**/*.sh'), minutes: 1 },
    { name: 'Dockerfile', program: 'hadolint', args: ['Dockerfile'], minutes: 1 },
    { name: 'workflows', program: 'actionlint', args: find('.github/workflows/*.yml'), minutes: 1 },
    {
      name: 'security of workflows',
      program: 'zizmor',
      args: ['--offline', '--no-progress', '--quiet', '.github/workflows'],
      minutes: 2,
    },
    terraform('format', ['fmt', '-check', '-recursive', '-diff']),
    terraform('init', INIT),
    terraform('validate', ['validate', '-no-color']),
    terraform('init of bootstrap', INIT, { folder: 'terraform/bootstrap' }),
    terraform('validate bootstrap', ['validate', '-no-color'], { folder: 'terraform/bootstrap' }),
    {
      name: 'tflint',
      program: 'tflint',
      args: ['--recursive', `--config=${root}/terraform/.tflint.hcl`],
      folder: 'terraform',
      minutes: 3,
    },
    {
      name: 'checkov',
      program: 'checkov',
      args: ['--directory', 'terraform', '--config-file', 'terraform/.checkov.yaml'],
      minutes: 5,
    },
    {
      name: 'IAM actions',
      program: 'iam-actions',
      args: ['scripts/infra/check/iam-actions.py', 'terraform'],
      minutes: 2,
    },
    terraform('terraform test', ['test', '-no-color'], { minutes: 15, slow: true }),
    {
      name: 'round trip',
      program: 'node',
      args: ['scripts/infra/round-trip/main.ts'],
      minutes: 40,
      slow: true,
    },
  ];
}
