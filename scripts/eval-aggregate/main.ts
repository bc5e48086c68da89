import { parseArgs } from 'node:util';
import { readGraded } from './graded.ts';
import { measure, type Outcome } from './measure.ts';
import { measureWithReliability } from './reliability.ts';
import { formatHeader, formatSet, plotReliability } from './report.ts';
import { timeLongAnswers } from './timing.ts';
import { exitWithUsage } from './usage.ts';

const USAGE = `npm run eval:aggregate -- --data FILE [--pool SET,SET]... [--folds 5] [--seed 1] [--limit N]

Measures the consensus on graded answers. FILE holds one question a line, as JSON:
  {"id", "set", "question", "candidates": [{"model", "answer_text", "correct"}]}
--pool adds a line for several sets together.`;

function readArguments() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      pool: { type: 'string', multiple: true, default: [] },
      folds: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      limit: { type: 'string' },
    },
  });
  const { data, pool, folds, seed, limit } = values;
  if (data === undefined) exitWithUsage(USAGE);
  return {
    data,
    pools: pool.map((sets) => sets.split(',')),
    folds: Number(folds),
    seed: Number(seed),
    limit: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
  };
}

const { data, pools, folds, seed, limit } = readArguments();
const graded = (await readGraded(data)).slice(0, limit);
const plain = graded.map((question) => measure(question));
const weighted = measureWithReliability(graded, folds, seed);
const sets = [...new Set(graded.map(({ set }) => set))].map((set) => [set]);
const within = (outcomes: readonly Outcome[], names: readonly string[]) =>
  outcomes.filter((outcome) => names.includes(outcome.graded.set));

console.log(
  `${graded.length} questions; reliability: weights learned on the other ${folds - 1} of ${folds} folds\n`,
);
console.log(formatHeader());
for (const names of [...sets, ...pools])
  console.log(formatSet(names.join('+'), within(plain, names), within(weighted, names)));
for (const names of sets)
  console.log(`\n${names.join('+')}: agreement against truth\n${plotReliability(within(plain, names))}`);
const { filterMs, consensusMs } = timeLongAnswers(graded);
console.log(
  `\nanswers of 2,000 characters, median: consensus ${consensusMs.toFixed(1)} ms, filter ${filterMs.toFixed(1)} ms`,
);
