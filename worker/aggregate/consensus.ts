import { measureAgreement } from './agreement.ts';
import type { Claims } from './claims.ts';
import type { ClosedQuestion } from './closed-question.ts';
import { excerptClaim } from './excerpt.ts';
import { LEARNED, type Learned } from './learned.ts';
import { type Panel, type Row, readPanel } from './panel.ts';
import { findPositions, findRepresentative, type Position } from './positions.ts';
import { compareText, shorten } from './text.ts';
import { measureTrust, NEUTRAL, type Reliability } from './trust.ts';
import type { Candidate, Cluster, Consensus, Dissent, Question } from './types.ts';

const MAX_CLAIM_LENGTH = 300;

export class NoAnswersError extends Error {
  override readonly name = 'NoAnswersError';

  constructor() {
    super('A consensus needs at least one kept answer: where the filter keeps none, end the job instead.');
  }
}

function nameChoice({ choice }: Position, closed: ClosedQuestion | undefined): string | undefined {
  if (choice === undefined || closed?.kind !== 'options') return undefined;
  const chosen = closed.options.filter(({ label }) => choice.split('+').includes(label));
  return chosen.map(({ label, text }) => `${label}. ${text}`).join('; ');
}

interface View {
  providers: string[];
  /** The chosen option where there is one, else the representative's own words. */
  claim: string;
  /** Both. */
  explain: () => string;
}

function viewPosition(
  panel: Panel,
  position: Position,
  closed: ClosedQuestion | undefined,
  against?: Row,
): View {
  const claims: Claims[] = [];
  const providers: string[] = [];
  for (const row of position.rows) {
    const { claims: own, candidate } = panel.rows[row] as Row;
    claims.push(own);
    providers.push(candidate.provider);
  }
  const representative = panel.rows[findRepresentative(panel, position.rows, position.rows, [])];
  const choice = nameChoice(position, closed);
  const quote = () =>
    representative ? excerptClaim(representative, panel.reader, claims, against?.claims) : '';
  const claim = choice ?? quote();
  return {
    providers: providers.sort(compareText),
    claim,
    explain: () => (choice === undefined ? claim : `${choice} — ${quote()}`),
  };
}

function toCluster({ providers, claim }: View): Cluster {
  return { providers, claim: shorten(claim, MAX_CLAIM_LENGTH) };
}

function toDissent({ providers, explain }: View): Dissent {
  return { providers, claim: shorten(explain(), MAX_CLAIM_LENGTH) };
}

export interface ConsensusOptions {
  /** Shares of graded answers that providers had right. */
  reliability?: Reliability;
  learned?: Learned;
}

/**
 * The answer that most speaks for among `kept`, verbatim, and the probability that it is right: by weighted
 * vote where the question is closed, else by what the texts share. Depends on what the answers say, and on
 * `reliability` where it is known; never on their order.
 * @throws NoAnswersError where `kept` is empty.
 */
export function consensus(
  question: Question,
  kept: readonly Candidate[],
  { reliability = NEUTRAL, learned = LEARNED }: ConsensusOptions = {},
): Consensus {
  const panel = readPanel(question, kept);
  const found = findPositions(question, panel, measureTrust(panel.rows, reliability), learned.voteWeight);
  const row = panel.rows[found?.chosen ?? 0];
  if (found === undefined || row === undefined) throw new NoAnswersError();
  const { method, positions, closed } = found;
  const [winner, ...others] = positions;
  const views = others.map((position) => ({ position, view: viewPosition(panel, position, closed, row) }));
  const differing = views.filter(({ position }) => method === 'similarity' || position.choice !== undefined);
  const first = viewPosition(panel, winner, closed);
  return {
    text: row.candidate.text,
    providers: first.providers,
    agreement: measureAgreement(panel, found, learned),
    dissent: differing.map(({ view }) => toDissent(view)),
    clusters: [first, ...views.map(({ view }) => view)].map(toCluster),
  };
}
