import type { ClosedQuestion } from './closed-question.ts';
import { meanSupport } from './cluster.ts';
import { excerptClaim } from './excerpt.ts';
import { type Panel, type Row, readPanel } from './panel.ts';
import { findPositions, type Position, type Positions } from './positions.ts';
import { compareText, shorten } from './text.ts';
import type { Agreement, Candidate, Cluster, Consensus, Dissent, Question } from './types.ts';

const MAX_CLAIM_LENGTH = 300;

export class NoAnswersError extends Error {
  override readonly name = 'NoAnswersError';

  constructor() {
    super('A consensus needs at least one kept answer: where the filter keeps none, end the job instead.');
  }
}

/**
 * Where the number of possible answers is unknown, one unseen answer is taken to be as likely right as
 * wrong.
 */
const OPEN_PRIOR = 0.5;
/** A pair this similar counts as about three quarters of an agreement: paraphrases rarely share more. */
const SIMILARITY_SCALE = 0.4;

/**
 * The share of `n` answers that stand behind the chosen one, as if one more had been asked and its answer
 * unknown.
 */
function smoothShare(support: number, n: number, prior: number): number {
  return (support + prior) / (n + 1);
}

function votePrior(closed: ClosedQuestion | undefined): number {
  return closed?.kind === 'options' ? 1 / closed.options.length : OPEN_PRIOR;
}

function measureAgreement(
  panel: Panel,
  { method, positions, closed }: Positions,
  chosen: number,
): Agreement | null {
  const n = panel.rows.length;
  if (n < 2) return null;
  if (method === 'vote')
    return { score: smoothShare(positions[0].rows.length, n, votePrior(closed)), method, n };
  const others = (panel.similarity[chosen] ?? []).filter((_, row) => row !== chosen);
  const support = others.reduce((sum, similarity) => sum + Math.tanh(similarity / SIMILARITY_SCALE), 1);
  return { score: smoothShare(support, n, OPEN_PRIOR), method, n };
}

/** The row that the others of its position support most; the first of equals. */
function findRepresentative(panel: Panel, { rows }: Position, among: readonly number[]): number {
  const supportOf = (row: number) => Math.round(meanSupport(panel.similarity, row, among) * 1e9);
  return rows.reduce((best, row) => (supportOf(row) > supportOf(best) ? row : best));
}

function nameChoice({ choice }: Position, closed: ClosedQuestion | undefined): string | undefined {
  if (choice === undefined || closed?.kind !== 'options') return undefined;
  const chosen = closed.options.filter(({ label }) => choice.split('+').includes(label));
  return chosen.map(({ label, text }) => `${label}. ${text}`).join('; ');
}

interface View {
  providers: string[];
  /** The chosen option, where there is one. */
  choice: string | undefined;
  /** In the representative's own words. */
  excerpt: string;
}

function viewPosition(
  panel: Panel,
  position: Position,
  closed: ClosedQuestion | undefined,
  against?: Row,
): View {
  const rows = position.rows.flatMap((row) => panel.rows[row] ?? []);
  const representative = panel.rows[findRepresentative(panel, position, position.rows)];
  const claims = rows.map((row) => row.claims);
  return {
    providers: rows.map(({ candidate }) => candidate.provider).sort(compareText),
    choice: nameChoice(position, closed),
    excerpt: excerptClaim(representative?.candidate.text ?? '', panel.readClaims, claims, against?.claims),
  };
}

function toCluster({ providers, choice, excerpt }: View): Cluster {
  return { providers, claim: shorten(choice ?? excerpt, MAX_CLAIM_LENGTH) };
}

function toDissent({ providers, choice, excerpt }: View): Dissent {
  return {
    providers,
    claim: shorten(choice === undefined ? excerpt : `${choice} — ${excerpt}`, MAX_CLAIM_LENGTH),
  };
}

/**
 * The answer that most of `kept` stand behind, verbatim, and how far they agree: by vote where the question
 * is closed, else by what the texts share. Depends on what the answers say, not on their order or on who
 * says it.
 * @throws NoAnswersError where `kept` is empty.
 */
export function consensus(question: Question, kept: readonly Candidate[]): Consensus {
  const panel = readPanel(question, kept);
  const found = findPositions(question, panel);
  if (found === undefined) throw new NoAnswersError();
  const { method, positions, closed } = found;
  const [winner, ...others] = positions;
  const everyRow = panel.rows.map((_, row) => row);
  const chosen = findRepresentative(panel, winner, method === 'vote' ? winner.rows : everyRow);
  const row = panel.rows[chosen];
  if (row === undefined) throw new NoAnswersError();
  const views = others.map((position) => ({ position, view: viewPosition(panel, position, closed, row) }));
  const differing = views.filter(({ position }) => method === 'similarity' || position.choice !== undefined);
  const first = viewPosition(panel, winner, closed);
  return {
    text: row.candidate.text,
    providers: first.providers,
    agreement: measureAgreement(panel, found, chosen),
    dissent: differing.map(({ view }) => toDissent(view)),
    clusters: [first, ...views.map(({ view }) => view)].map(toCluster),
  };
}
