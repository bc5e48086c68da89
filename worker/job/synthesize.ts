import type { Attempt, JobRecord } from '../../shared/job/record.ts';
import { mergingWrite } from '../../shared/job/transitions.ts';
import type { Clock, Random } from '../../shared/ports/clock.ts';
import { readSynthesis } from '../aggregate/read-synthesis.ts';
import { buildSynthesisPrompt } from '../aggregate/synthesis-prompt.ts';
import type { Consensus } from '../aggregate/types.ts';
import type { EndedCall, Gate, Turn } from '../providers/gate.ts';
import type { Prompt } from '../providers/provider.ts';
import { withDeadline } from './deadline-signal.ts';
import type { JobRun } from './job-run.ts';
import type { BuildWrite } from './job-writer.ts';
import { type Look, questionOf, standingOn } from './kept-answers.ts';
import { closeLine } from './ledger-line.ts';
import type { Gates } from './panel-calls.ts';
import { SHORTEST_CALL_MS, type Timing } from './timing.ts';
import { traceCall } from './trace-call.ts';

export interface SynthesisDeps {
  clock: Clock;
  random: Random;
  gates: Gates;
  /** Provider ids, in the order in which they are tried. */
  mergers: readonly string[];
  mergeAttemptCap: number;
}

/** `ledger`: lines of calls that ended and are not written yet; they go with the next write. */
export type Synthesis =
  | { text: string; merger: string; ledger: Record<string, Attempt> }
  | { reason: string; ledger: Record<string, Attempt> };

function mergeAttempts(job: JobRecord): number {
  return Object.values(job.ledger).filter(({ purpose }) => purpose === 'merge').length;
}

/** Tries one merging model after the other while time and the cap allow; says why where none could. */
export async function synthesize(
  run: JobRun,
  look: Look,
  agreed: Consensus,
  timing: Timing,
  deps: SynthesisDeps,
): Promise<Synthesis> {
  const { prompt } = buildSynthesisPrompt(questionOf(run.job), look.kept, agreed, deps.random);
  const reasons: string[] = [];
  let ledger: Record<string, Attempt> = {};
  for (const merger of deps.mergers) {
    const refusal = refuse(run.job, timing, deps);
    if (refusal) return { reason: [...reasons, refusal].join('; '), ledger };
    const gate = deps.gates.get(merger);
    if (!gate) continue;
    const called = await callMerger(run, look, { gate, prompt, ended: ledger }, timing, deps);
    if (typeof called === 'string') {
      reasons.push(`${merger}: ${called}`);
      continue;
    }
    ledger = called.ledger;
    const read = readCompletion(called.ended, run.job);
    if ('text' in read) return { text: read.text, merger, ledger };
    reasons.push(`${merger}: ${read.reason}`);
  }
  return { reason: reasons.join('; ') || 'no merging model is configured', ledger };
}

function refuse(
  job: JobRecord,
  timing: Timing,
  { clock, mergeAttemptCap }: SynthesisDeps,
): string | undefined {
  if (mergeAttempts(job) >= mergeAttemptCap) return 'no merging call was left';
  if (clock.now() + SHORTEST_CALL_MS > timing.mergeUntil) return 'no time was left for a merging model';
  return undefined;
}

/** One merging call, written down before it is made; a word where it was not made. */
function callMerger(
  run: JobRun,
  look: Look,
  { gate, prompt, ended }: { gate: Gate; prompt: Prompt; ended: Record<string, Attempt> },
  timing: Timing,
  { clock }: SynthesisDeps,
): Promise<{ ended: EndedCall; ledger: Record<string, Attempt> } | string> {
  return withDeadline(timing.mergeUntil, run.signal, clock, async (signal) => {
    const turn = await takeTurn(gate, signal);
    run.signal.throwIfAborted();
    if (!turn) return 'no slot in time';
    if ('openForMs' in turn) return 'breaker_open';
    const id = `merge:${mergeAttempts(run.job) + 1}`;
    const line: Attempt = {
      provider: gate.provider.id,
      purpose: 'merge',
      fence: run.job.fence,
      started_at: clock.now(),
    };
    await writeLine(
      run,
      turn,
      standingOn(look, (job) => mergingWrite(job, { ...ended, [id]: line })),
    );
    const about = { provider: gate.provider, purpose: 'merge' as const, attemptId: id };
    const call = await traceCall(turn, about, prompt, signal);
    run.signal.throwIfAborted();
    return call ? { ended: call, ledger: { [id]: closeLine(line, call) } } : 'no time was left';
  });
}

async function takeTurn(gate: Gate, signal: AbortSignal) {
  try {
    return await gate.takeTurn(signal);
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

async function writeLine(run: JobRun, turn: Turn, build: BuildWrite): Promise<void> {
  try {
    const written = await run.writer.write(build);
    run.signal.throwIfAborted();
    if (!written.applied)
      throw new Error(`job ${run.id} refused a merging call's line, though its run goes on`);
  } catch (error) {
    turn.giveBack();
    throw error;
  }
}

function readCompletion({ completion }: EndedCall, job: JobRecord): { text: string } | { reason: string } {
  // Half an answer is worse than a whole one of the panel.
  if (completion.outcome !== 'ok') return { reason: completion.outcome };
  const read = readSynthesis(questionOf(job), completion.text);
  return read.ok ? { text: read.text } : { reason: read.reason };
}
