import { parseArgs } from 'node:util';
import { readGraded } from './graded.ts';
import { learn, prepareLessons } from './learn.ts';
import { measure } from './measure.ts';
import { formatHeader, formatSet, plotReliability } from './report.ts';
import { splitFolds } from './seeded.ts';
import { exitWithUsage } from './usage.ts';

const USAGE = `node scripts/eval-aggregate/fit.ts --data FILE [--folds 5] [--seed 1]

Learns the constants of worker/aggregate/learned.ts from graded answers, and shows how well constants do that
were learned without the questions that they are measured on.`;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    folds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.data === undefined) exitWithUsage(USAGE);
const graded = await readGraded(values.data);
const lessons = new Map(graded.map((question, index) => [question, prepareLessons(question, index)]));
const lessonsOf = (questions: typeof graded) => questions.flatMap((question) => lessons.get(question) ?? []);

const outcomes = splitFolds(graded, Number(values.folds), Number(values.seed)).flatMap((part) => {
  const held = new Set(part);
  const learned = learn(lessonsOf(graded.filter((question) => !held.has(question))));
  return part.map((question) => measure(question, { learned }));
});
console.log(`constants learned on the other folds (the column "reliability" has none)\n\n${formatHeader()}`);
for (const set of new Set(graded.map((question) => question.set))) {
  const own = outcomes.filter((outcome) => outcome.graded.set === set);
  console.log(formatSet(set, own, own));
}
console.log(`\nagreement against truth, all sets\n${plotReliability(outcomes)}`);
const digits = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(2)) : value);
console.log(`\nlearned on all of them:\n${JSON.stringify(learn(lessonsOf(graded)), digits, 2)}`);
