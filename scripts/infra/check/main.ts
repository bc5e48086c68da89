import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Env } from '../../../shared/config/env-reader.ts';
import { run } from '../run.ts';
import { findProgram, ROOT, toolPath, toolsDir, writeCliConfig } from '../tools.ts';
import { allChecks, type Check } from './checks.ts';

type Verdict = 'passed' | 'failed' | 'skipped';

function say(mark: string, text: string): void {
  process.stdout.write(`${mark.padEnd(10)}${text}\n`);
}

async function execute(check: Check, program: string, env: Env): Promise<Verdict> {
  const startedAt = performance.now();
  try {
    await run(program, check.args, {
      cwd: join(ROOT, check.folder ?? ''),
      env,
      timeoutMs: check.minutes * 60_000,
    });
    say('passed', `${check.name} (${Math.round((performance.now() - startedAt) / 1000)} s)`);
    return 'passed';
  } catch (error) {
    say('FAILED', `${check.name}\n${(error as Error).message}`);
    return 'failed';
  }
}

/** IAM's own list of actions comes with checkov, in the environment that install-tools.sh makes. */
function programOf(check: Check, env: Env): Promise<string | undefined> {
  if (check.program === 'iam-actions') return findProgram('../lint/bin/python', env);
  return findProgram(check.program, env);
}

async function checkOne(check: Check, env: Env): Promise<Verdict> {
  const program = await programOf(check, env);
  if (program) {
    // Each folder's providers stay apart, and out of the sources.
    const data = join(env.INFRA_CHECK_DIR ?? '', (check.folder ?? '').replaceAll('/', '-'));
    return execute(check, program, { ...env, TF_DATA_DIR: check.program === 'terraform' ? data : undefined });
  }
  const remedy = 'run scripts/infra/install-tools.sh';
  // Where everything was installed on purpose, a missing tool is a broken check.
  if (env.GITHUB_ACTIONS) {
    say('FAILED', `${check.name}: ${check.program} is missing: ${remedy}`);
    return 'failed';
  }
  say('SKIPPED', `${check.name}: NOT CHECKED, this machine lacks ${check.program}: ${remedy}`);
  return 'skipped';
}

async function main(quick: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'iscoolgpt-check-'));
  try {
    const env: Env = {
      ...process.env,
      PATH: toolPath(process.env),
      INFRA_CHECK_DIR: folder,
      TF_CLI_CONFIG_FILE: await writeCliConfig(folder, process.env),
      TFLINT_PLUGIN_DIR: join(toolsDir(process.env), 'tflint-plugins'),
    };
    const verdicts: Verdict[] = [];
    for (const check of allChecks(ROOT)) {
      if (quick && check.slow) say('left out', `${check.name} (--quick)`);
      else verdicts.push(await checkOne(check, env));
    }
    const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
    say('', `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
    process.exitCode = count('failed') > 0 ? 1 : 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main(process.argv.includes('--quick'));
