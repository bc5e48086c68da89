import type { Completion, FailureOutcome } from '../../shared/contract/outcome.ts';
import { answerWrite, outcomeWrite, type ProviderVerdict, verdictWrite } from '../../shared/job/answers.ts';
import type { PanelMember, ProviderFailure, StoredAnswer } from '../../shared/job/record.ts';
import { attemptsWrite } from '../../shared/job/transitions.ts';
import type { Clock, Random } from '../../shared/ports/clock.ts';
import { detectLanguage } from '../aggregate/language.ts';
import { backoffMs } from '../providers/backoff.ts';
import type { EndedCall, Gate } from '../providers/gate.ts';
import type { Prompt } from '../providers/provider.ts';
import { clipText } from './clip-text.ts';
import type { JobRun } from './job-run.ts';
import { closeLine } from './ledger-line.ts';
import { answerAttempts, ledgerOf, type OpenedCall, openCall } from './panel-calls.ts';
import type { Rounds } from './rounds.ts';
import { SHORTEST_CALL_MS, type Timing } from './timing.ts';
import { traceCall } from './trace-call.ts';

/** What came back empty twice will come back empty again. */
const EMPTY_CAP = 2;

export interface AskDeps {
  clock: Clock;
  random: Random;
  attemptCap: number;
  rounds: Rounds;
}

/** Where a provider stands, as far as the wait for it is concerned. */
export type AskState =
  | { kind: 'calling' }
  | { kind: 'queued' }
  | { kind: 'waiting'; until: number }
  | { kind: 'settled' };

export interface Ask {
  run: JobRun;
  member: PanelMember;
  gate: Gate | undefined;
  prompt: Prompt;
  timing: Timing;
  /** Aborts when no further call is to be started; one under way goes on. */
  closing: AbortSignal;
  /** Aborts when a call under way must end: with its run, or its time. */
  callSignal: AbortSignal;
  onState: (state: AskState) => void;
}

/**
 * Calls one provider until it has answered, failed for good, or nobody waits for it any more.
 * Each call is written down before it is made, each answer as soon as it is there.
 * Rejects with the reason of `closing`, or `StoreUnavailableError`.
 */
export async function askProvider(ask: Ask, first: OpenedCall | undefined, deps: AskDeps): Promise<void> {
  let call = first;
  for (;;) {
    call ??= await openNext(ask, deps);
    if (!call) break;
    ask.onState({ kind: 'calling' });
    const ended = await makeCall(ask, call);
    // Its line stays without an outcome: that is what is known of it.
    if (!ended) break;
    await deps.rounds.join(ended.latencyMs);
    if (await settleCall(ask, call, ended, deps)) break;
    call = undefined;
  }
  ask.onState({ kind: 'settled' });
}

/** Waits for the provider's next turn and writes its line; undefined where there will be no further call. */
async function openNext(ask: Ask, deps: AskDeps): Promise<OpenedCall | undefined> {
  const { run, member, gate, closing } = ask;
  for (;;) {
    // A former owner's call may have brought the answer meanwhile.
    if (run.answers[member.id]) return undefined;
    const refusal = refuse(ask, deps);
    if (refusal) return void (await decide(ask, { kind: 'failed', failure: refusal }));
    await sleepUntil(ask, run.job.waits[member.id]?.until ?? 0, deps);
    ask.onState({ kind: 'queued' });
    const turn = await (gate as Gate).takeTurn(closing);
    if ('openForMs' in turn) {
      if (!(await waitForBreaker(ask, turn.openForMs, deps))) return undefined;
      continue;
    }
    const call = openCall(run.job, member.id, turn, run.job.fence, deps.clock.now());
    try {
      closing.throwIfAborted();
      const written = await run.writer.write((job) => attemptsWrite(job, ledgerOf([call])));
      if (written.applied) return call;
      run.signal.throwIfAborted();
    } catch (error) {
      turn.giveBack();
      throw error;
    }
    turn.giveBack();
  }
}

/** Why no call may be made at all; undefined where one may. */
function refuse(
  { run, member, gate, timing }: Ask,
  { clock, attemptCap }: AskDeps,
): ProviderFailure | undefined {
  if (!gate) {
    return {
      code: 'unconfigured',
      message: 'The worker has no provider of this id and model.',
      retryable: false,
    };
  }
  const wait = run.job.waits[member.id];
  if (answerAttempts(run.job, member.id) >= attemptCap) {
    return wait
      ? { code: wait.code, message: wait.message, retryable: false }
      : {
          code: 'attempt_cap',
          message: `${attemptCap} calls were made and none brought an answer.`,
          retryable: false,
        };
  }
  const earliest = Math.max(clock.now(), wait?.until ?? 0);
  if (earliest + SHORTEST_CALL_MS > timing.consultUntil) {
    return {
      code: wait?.code ?? 'timeout',
      message: wait?.message ?? 'No time was left for a call.',
      retryable: true,
    };
  }
  return undefined;
}

async function sleepUntil(ask: Ask, until: number, { clock }: AskDeps): Promise<void> {
  const ms = until - clock.now();
  if (ms <= 0) return;
  ask.onState({ kind: 'waiting', until });
  await clock.sleep(ms, ask.closing);
}

/** False where the breaker stays open longer than this job can wait. */
async function waitForBreaker(ask: Ask, openForMs: number, { clock }: AskDeps): Promise<boolean> {
  const until = clock.now() + openForMs;
  const failure = {
    code: 'breaker_open',
    message: 'The provider failed too often and is left alone for a while.',
  } as const;
  const inTime = until + SHORTEST_CALL_MS <= ask.timing.consultUntil;
  await decide(
    ask,
    inTime
      ? { kind: 'wait', wait: { ...failure, retryable: true, until } }
      : { kind: 'failed', failure: { ...failure, retryable: true } },
  );
  return inTime;
}

async function decide(ask: Ask, verdict: ProviderVerdict): Promise<void> {
  const { run, member } = ask;
  await run.writer.write((job) => verdictWrite(job, member.id, verdict));
}

function makeCall(
  { gate, prompt, callSignal }: Ask,
  { turn, attemptId }: OpenedCall,
): Promise<EndedCall | undefined> {
  const about = { provider: (gate as Gate).provider, purpose: 'answer' as const, attemptId };
  return traceCall(turn, about, prompt, callSignal);
}

/** Writes down how a call ended; true where the provider is settled by it. */
async function settleCall(ask: Ask, call: OpenedCall, ended: EndedCall, deps: AskDeps): Promise<boolean> {
  const { completion } = ended;
  if ('text' in completion) {
    const kept = keepAnswer(ask, call, ended, completion, deps);
    // Whoever waits for it need not wait for the table, too.
    ask.onState({ kind: 'settled' });
    await kept;
    return true;
  }
  return settleFailure(ask, call, ended, completion, deps);
}

async function keepAnswer(
  { run, member }: Ask,
  call: OpenedCall,
  ended: EndedCall,
  completion: Extract<Completion, { text: string }>,
  { clock }: AskDeps,
): Promise<void> {
  const line = closeLine(call.attempt, ended);
  const clipped = clipText(completion.text);
  const answer: StoredAnswer = {
    attempt: call.attemptId,
    outcome: clipped.whole ? completion.outcome : 'truncated',
    text: clipped.text,
    language: detectLanguage(clipped.text) ?? null,
    finish: completion.finish,
    latency_ms: ended.latencyMs,
    usage: completion.usage,
    cost: ended.cost,
    at: clock.now(),
  };
  const stored = run.writer.write(() => answerWrite(run.id, answer, line), 'fact');
  const { applied, job } = await run.countWhileStored(member.id, answer, stored);
  // Another claim's call was first: its answer stands, and this one's price still goes into the ledger.
  if (!applied && job && job.answers[member.id]?.attempt !== call.attemptId) {
    await run.writer.write(() => outcomeWrite(run.id, call.attemptId, line), 'fact');
  }
}

async function settleFailure(
  ask: Ask,
  call: OpenedCall,
  ended: EndedCall,
  failure: Extract<Completion, { message: string }>,
  deps: AskDeps,
): Promise<boolean> {
  const { run, member } = ask;
  const line = closeLine(call.attempt, ended);
  const verdict = judgeFailure(ask, failure, deps);
  if (!run.signal.aborted) {
    const written = await run.writer.write((job) =>
      verdictWrite(job, member.id, verdict, { attemptId: call.attemptId, attempt: line }),
    );
    if (written.applied) return verdict.kind === 'failed';
  }
  await run.writer.write(() => outcomeWrite(run.id, call.attemptId, line), 'fact');
  run.signal.throwIfAborted();
  return verdict.kind === 'failed';
}

function judgeFailure(
  { run, member, timing }: Ask,
  failure: { outcome: FailureOutcome; message: string; retryable: boolean; retryAfterMs?: number },
  { clock, random, attemptCap }: AskDeps,
): ProviderVerdict {
  const { outcome: code, message, retryable, retryAfterMs } = failure;
  const attempt = answerAttempts(run.job, member.id);
  const until = clock.now() + backoffMs({ attempt, outcome: code, retryAfterMs }, random);
  const cap = code === 'empty' ? Math.min(EMPTY_CAP, attemptCap) : attemptCap;
  const again = retryable && attempt < cap && until + SHORTEST_CALL_MS <= timing.consultUntil;
  return again
    ? { kind: 'wait', wait: { code, message, retryable, until } }
    : { kind: 'failed', failure: { code, message, retryable } };
}
