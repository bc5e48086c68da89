import type { Outcome } from './measure.ts';
import { measureReferences } from './references.ts';
import {
  binScores,
  halfWidth,
  mean,
  measureAuroc,
  measureCalibrationError,
  type Scored,
} from './statistics.ts';

const percent = (share: number): string => (100 * share).toFixed(1);

/** Those that have a measure of agreement. */
function scoresOf(outcomes: readonly Outcome[]): Scored[] {
  return outcomes.flatMap(({ correct, agreement }) =>
    agreement === null ? [] : [{ correct, score: agreement }],
  );
}

const COLUMNS: readonly (readonly [title: string, width: number])[] = [
  ['set', 22],
  ['questions', 9],
  ['average', 8],
  ['longest', 8],
  ['best single', 11],
  ['plain vote', 10],
  ['consensus', 12],
  ['reliability', 12],
  ['oracle', 7],
  ['AUROC', 6],
  ['ECE', 6],
  ['reversed', 8],
];

function formatRow(cells: readonly string[]): string {
  return cells.map((cell, index) => cell.padEnd(COLUMNS[index]?.[1] ?? 0)).join('  ');
}

export const formatHeader = (): string => formatRow(COLUMNS.map(([title]) => title));

/** One line of the table; `weighted`: the same questions with cross-validated reliability weights. */
export function formatSet(name: string, plain: readonly Outcome[], weighted: readonly Outcome[]): string {
  const references = measureReferences(plain.map(({ graded }) => graded));
  const correct = plain.map((outcome) => outcome.correct);
  const scored = scoresOf(plain);
  return formatRow([
    name,
    String(plain.length),
    percent(references.average),
    percent(references.longest),
    percent(references.best.share),
    percent(references.plainVote),
    `${percent(mean(correct))} ± ${percent(halfWidth(correct))}`,
    percent(mean(weighted.map((outcome) => outcome.correct))),
    percent(references.oracle),
    measureAuroc(scored).toFixed(3),
    measureCalibrationError(scored).toFixed(3),
    `${percent(mean(plain.map(({ stable }) => Number(stable))))} %`,
  ]);
}

const PLOT_WIDTH = 50;

/** A reliability plot: for each tenth of the agreement, the share that is right (bar) and claimed (mark). */
export function plotReliability(outcomes: readonly Outcome[]): string {
  const lines = binScores(scoresOf(outcomes)).map(({ from, to, count, claimed, right }) => {
    const bar = '█'.repeat(Math.round(right * PLOT_WIDTH)).padEnd(PLOT_WIDTH + 1, '·');
    const at = Math.round(claimed * PLOT_WIDTH);
    const label = `${from.toFixed(1)}–${to.toFixed(1)}`;
    return `  ${label} ${bar.slice(0, at)}|${bar.slice(at + 1)} right ${percent(right)} claimed ${percent(claimed)} n ${count}`;
  });
  return lines.join('\n');
}
