import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { assertNodeVersion } from '../../shared/run-service.ts';
import { EXIT, HELP } from './help.ts';
import { readInvocation, UsageError } from './parse-args.ts';
import { runOps } from './run-ops.ts';

const ROOT = join(import.meta.dirname, '../..');
const { stdin, stdout, stderr, env } = process;

assertNodeVersion(process.versions.node);
const envFile = join(ROOT, '.env');
if (existsSync(envFile)) process.loadEnvFile(envFile);

/** The question goes to the terminal's errors: the standard output is the report's. */
async function confirm(question: string): Promise<boolean | undefined> {
  if (!stdin.isTTY) {
    stderr.write(`${question}\nnobody can be asked here: say --yes\n`);
    return undefined;
  }
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

async function main(): Promise<number> {
  const invocation = readInvocation(process.argv.slice(2));
  if (invocation.command.name === 'help') {
    stdout.write(HELP);
    return EXIT.ok;
  }
  const report = await runOps(invocation, {
    env,
    clock: systemClock,
    terraformDir: join(ROOT, 'terraform'),
    dataDir: env.DATA_DIR || join(ROOT, '.data'),
    confirm,
  });
  stdout.write(invocation.json ? `${JSON.stringify(report.json)}\n` : `${report.lines.join('\n')}\n`);
  return report.exitCode;
}

try {
  process.exitCode = await main();
} catch (error) {
  const usage = error instanceof UsageError;
  stderr.write(`${(error as Error).message}${usage ? '\nnpm run ops -- --help says what there is' : ''}\n`);
  process.exitCode = usage ? EXIT.usage : EXIT.failed;
}
