import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readScalingRule } from './read-rule.ts';
import { compare, tablesOf } from './report.ts';

const TERRAFORM = join(import.meta.dirname, '../../terraform');
const DOCUMENT = join(TERRAFORM, 'scaling.md');
const MARKS = ['<!-- tables -->\n', '<!-- end of tables -->'] as const;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    environment: { type: 'string', default: 'production' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
if (!Number.isSafeInteger(seed)) {
  process.stderr.write(
    'usage: node scripts/scaling/main.ts [--seed <n>] [--environment staging|production] [--json | --write]\n',
  );
  process.exit(64);
}
const rule = readScalingRule(TERRAFORM, values.environment);
const comparisons = compare(rule, seed);
const tables = tablesOf(comparisons);
if (values.write) {
  const [before = '', after = ''] = readFileSync(DOCUMENT, 'utf8').split(
    new RegExp(`${MARKS[0]}[\\s\\S]*?${MARKS[1]}`),
  );
  writeFileSync(DOCUMENT, `${before}${MARKS[0]}\n${tables}\n${MARKS[1]}${after}`);
} else if (values.json) {
  process.stdout.write(`${JSON.stringify({ seed, rule, comparisons })}\n`);
} else {
  process.stdout.write(`seed ${seed}, ${JSON.stringify(rule)}\n\n${tables}`);
}
