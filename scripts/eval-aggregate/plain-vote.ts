import { readClosedQuestion } from '../../worker/aggregate/closed-question.ts';
import { meanOver } from '../../worker/aggregate/cluster.ts';
import { type Panel, readPanel } from '../../worker/aggregate/panel.ts';
import { readBallots } from '../../worker/aggregate/vote.ts';
import { type Graded, toCandidates } from './graded.ts';
import { mean } from './statistics.ts';

/** The row most similar to the others. */
function findMedoid({ rows, similarity }: Panel): number {
  const everyRow = rows.map((_, row) => row);
  return everyRow.reduce((best, row) =>
    meanOver(similarity, row, everyRow) > meanOver(similarity, best, everyRow) ? row : best,
  );
}

/**
 * What counting alone reaches on a question: the option with most votes, ties drawn; without options the text
 * most similar to the others. The baseline that everything else has to beat.
 */
export function votePlainly(graded: Graded): number {
  const question = { text: graded.question };
  const panel = readPanel(question, toCandidates(graded));
  const right = new Set(graded.answers.filter(({ correct }) => correct).map(({ model }) => model));
  const gradeRow = (row: number) => Number(right.has(panel.rows[row]?.candidate.provider ?? ''));
  const closed = readClosedQuestion(graded.question);
  const cast = closed?.kind === 'options' ? readBallots(question, closed, panel).cast : [];
  if (cast.length === 0) return gradeRow(findMedoid(panel));
  const choices = [...Map.groupBy(cast, ({ choice }) => choice).values()];
  const most = Math.max(...choices.map(({ length }) => length));
  const winners = choices.filter(({ length }) => length === most);
  return mean(winners.map((ballots) => mean(ballots.map(({ row }) => gradeRow(row)))));
}
