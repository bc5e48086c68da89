import { parseArgs } from 'node:util';
import { readGraded } from './graded.ts';
import { learnReliability } from './reliability.ts';
import { exitWithUsage } from './usage.ts';

const USAGE = `node scripts/eval-aggregate/learn-reliability.ts --data FILE

Prints RELIABILITY for the worker: the share of graded answers that each provider had right. In FILE, "model"
is the provider's id in PANEL.`;

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (values.data === undefined) exitWithUsage(USAGE);
const shares = [...learnReliability(await readGraded(values.data))];
const rounded = shares.map(([provider, share]) => [provider, Number(share.toFixed(3))]);
console.log(JSON.stringify(Object.fromEntries(rounded)));
