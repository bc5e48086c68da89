import { fromItem, toItem } from '../../shared/adapters/dynamo/row.ts';
import { jobRequestSchema } from '../../shared/contract/job-request.ts';
import { formatJobMessage, parseJobMessage } from '../../shared/contract/message.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { messageOf } from '../../shared/job/untouched-job.ts';
import { viewJob } from '../../shared/job/view.ts';
import { consensus } from '../../worker/aggregate/consensus.ts';
import { filterAnswers } from '../../worker/aggregate/filter-answers.ts';
import type { Candidate } from '../../worker/aggregate/types.ts';
import { ANSWERS } from '../processes/answers.ts';
import type { Row } from '../report/row.ts';
import { timeCall } from '../report/time-call.ts';
import { benchJob } from '../stage/bench-job.ts';
import { question } from '../stage/measured-questions.ts';
import { panelOf, type Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';

const SIZES = [
  { answers: 2, kb: 2 },
  { answers: 5, kb: 2 },
  { answers: 10, kb: 2 },
  { answers: 2, kb: 20 },
  { answers: 5, kb: 20 },
  { answers: 10, kb: 20 },
];
const SENTENCES = ANSWERS.flatMap((answer) => answer.split(/(?<=\.) /));

/** Sentences of the same topic, in an order of each provider's own, so that no two answers are alike. */
export function answerOf(provider: number, kb: number): string {
  let text = '';
  for (let next = provider * 5; text.length < kb * 1024; next += provider + 1) {
    text += `${SENTENCES[next % SENTENCES.length]} `;
  }
  return text;
}

function candidates(answers: number, kb: number): Candidate[] {
  return Array.from({ length: answers }, (_, index) => ({
    provider: `provider-${index}`,
    model: 'bench',
    upstream: `http://127.0.0.1/${index}`,
    outcome: 'ok' as const,
    text: answerOf(index, kb),
  }));
}

/** A job with three answers of 1 KB: what is read, written and shown most. */
function answeredJob(): JobRecord {
  const job = benchJob(question(0, 0), panelOf(ANSWERS.length));
  const answers = ANSWERS.map((text, index) => {
    const answer = { attempt: 'a', outcome: 'ok' as const, text, language: 'en', finish: 'stop' };
    const paid = { latency_ms: 200, usage: null, cost: { usd: null, priced: false }, at: job.created_at };
    return [`provider-${index}`, { ...answer, ...paid }] as const;
  });
  return { ...job, status: 'running', answers: Object.fromEntries(answers) };
}

function row(what: string, call: () => unknown, batches: number): Row {
  return { benchmark: pureParts.name, what, unit: 'ms', ours: timeCall(call, batches), notes: [] };
}

function growth(batches: number): Row[] {
  const asked = { text: question(0, 0) };
  const sizes = SIZES.map(({ answers, kb }) => {
    const panel = candidates(answers, kb);
    const merge = () => consensus(asked, filterAnswers(asked, panel).kept);
    return { what: `filter and merge ${answers} answers of ${kb} kB`, merge };
  });
  // All of them share their code: else the first would warm it up for the others.
  for (const { merge } of sizes) timeCall(merge, 1);
  return sizes.map(({ what, merge }) => row(what, merge, batches));
}

async function run(_stage: Stage, options: RunOptions): Promise<Row[]> {
  const batches = options.scale(9);
  const body = { question: question(0, 0), strategy: 'consensus', cache: false };
  const job = answeredJob();
  const item = toItem(job);
  const message = formatJobMessage(messageOf(job));
  return [
    ...growth(batches),
    row('check a request of 1 kB', () => jobRequestSchema.parse(body), batches),
    row('read a message', () => parseJobMessage(message), batches),
    row('a job of 3 answers to a row', () => toItem(job), batches),
    row('a row to a job', () => fromItem(item), batches),
    row('a job to its view, as JSON', () => JSON.stringify(viewJob(job)), batches),
  ];
}

export const pureParts: Benchmark = {
  name: 'pure-parts',
  about: 'CPU of merging, checking and serializing, and how it grows',
  run,
};
