import { readFile } from 'node:fs/promises';
import { prove } from './prove.ts';
import { type ShownPlan, Stack } from './stack.ts';

const [planFile] = process.argv.slice(2);
if (!planFile) {
  process.stderr.write(
    'usage: node scripts/infra/proof/main.ts PLAN.json, as terraform show -json prints it\n',
  );
  process.exit(64);
}
const findings = prove(new Stack(JSON.parse(await readFile(planFile, 'utf8')) as ShownPlan));
for (const finding of findings) process.stdout.write(`${finding}\n`);
process.stdout.write(`${findings.length} findings in ${planFile}\n`);
process.exitCode = findings.length > 0 ? 1 : 0;
