import type { Attributes } from '@opentelemetry/api';
import type { Strategy } from '../../shared/contract/job-request.ts';
import { LIMITS } from '../../shared/contract/limits.ts';
import type { End } from '../../shared/job/ends.ts';
import type { Attempt, JobRecord, Merged } from '../../shared/job/record.ts';
import { inSpan } from '../../shared/telemetry/spans.ts';
import { consensus } from '../aggregate/consensus.ts';
import { detectLanguage } from '../aggregate/language.ts';
import type { Reliability } from '../aggregate/trust.ts';
import type { Candidate, Consensus, Filtered } from '../aggregate/types.ts';
import { clipText } from './clip-text.ts';
import type { JobRun } from './job-run.ts';
import { type Look, questionOf } from './kept-answers.ts';
import { type SynthesisDeps, synthesize } from './synthesize.ts';
import type { Timing } from './timing.ts';

export interface MergeDeps extends SynthesisDeps {
  /** Absent: all providers are trusted alike. */
  reliability?: Reliability;
}

/** Merges what is there into the job's end. Merging cannot fail: where no model can, the consensus stands. */
export function mergeAnswers(run: JobRun, look: Look, timing: Timing, deps: MergeDeps): Promise<End> {
  return inSpan('merge answers', { attributes: { 'iscoolgpt.strategy': run.job.strategy } }, async (span) => {
    const end = await decideEnd(run, look, timing, deps);
    span.setAttributes(describeMerge(end));
    return end;
  });
}

/** How the merge went, for its span: numbers and names. */
function describeMerge({ verdict }: End): Attributes {
  const merged = verdict?.merged;
  return {
    'iscoolgpt.answers.kept': verdict?.quorumGot ?? 0,
    'iscoolgpt.degraded': verdict?.degraded ?? false,
    ...(merged && { 'iscoolgpt.merger': merged.merger ?? 'consensus' }),
    ...(merged?.agreement && { 'iscoolgpt.agreement': merged.agreement.score }),
  };
}

async function decideEnd(run: JobRun, look: Look, timing: Timing, deps: MergeDeps): Promise<End> {
  const { job } = run;
  const { kept, filtered } = look;
  const verdict = {
    considered: Object.keys(look.attempts),
    filtered: Object.fromEntries(filtered.map(({ provider, reason }) => [provider, reason])),
    quorumGot: kept.length,
    degraded: kept.length < job.quorum,
  };
  if (kept.length === 0) return { status: 'failed', error: noUsableAnswer(job, filtered), verdict };
  const agreed = consensus(questionOf(job), kept, { reliability: deps.reliability });
  const { merged, ledger } = await merge(run, look, agreed, timing, deps);
  return { status: 'succeeded', verdict: { ...verdict, merged }, ledger };
}

async function merge(
  run: JobRun,
  look: Look,
  agreed: Consensus,
  timing: Timing,
  deps: MergeDeps,
): Promise<{ merged: Merged; ledger: Record<string, Attempt> }> {
  const { kept } = look;
  if (run.job.strategy === 'consensus') return { merged: byConsensus(agreed, kept, null), ledger: {} };
  if (kept.length < 2) return { merged: byConsensus(agreed, kept, 'only one usable answer'), ledger: {} };
  const synthesis = await synthesize(run, look, agreed, timing, deps);
  if (!('text' in synthesis))
    return { merged: byConsensus(agreed, kept, synthesis.reason), ledger: synthesis.ledger };
  const merged = {
    ...describe(synthesis.text, 'synthesis', agreed, kept),
    merger: synthesis.merger,
    providers: kept.map(({ provider }) => provider),
    fallback_reason: null,
  };
  return { merged, ledger: synthesis.ledger };
}

function byConsensus(agreed: Consensus, kept: readonly Candidate[], fallbackReason: string | null): Merged {
  return {
    ...describe(agreed.text, 'consensus', agreed, kept),
    merger: null,
    providers: agreed.providers,
    fallback_reason: fallbackReason,
  };
}

function describe(text: string, strategy: Strategy, agreed: Consensus, kept: readonly Candidate[]) {
  const clipped = clipText(text, LIMITS.mergedBytes).text;
  const same = kept.find((candidate) => candidate.text === clipped);
  return {
    text: clipped,
    language: (same ? same.language : detectLanguage(clipped)) ?? null,
    strategy,
    agreement: agreed.agreement,
    dissent: agreed.dissent,
  };
}

/** Says of each provider why it helped nothing. */
function noUsableAnswer(job: JobRecord, filtered: readonly Filtered[]): NonNullable<End['error']> {
  const reasons = job.panel.map(({ id }) => {
    const reason = filtered.find(({ provider }) => provider === id)?.reason ?? job.failures[id]?.code;
    return `${id}: ${reason ?? job.waits[id]?.code ?? 'timeout'}`;
  });
  return {
    code: 'no_usable_answer',
    message: `No provider gave a usable answer (${reasons.join(', ')}).`,
    retryable: job.panel.some(({ id }) => job.failures[id]?.retryable ?? true),
  };
}
