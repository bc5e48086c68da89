import { type NewJob, newJob } from '../../job/new-job.ts';
import type { Attempt, JobRecord, StoredAnswer } from '../../job/record.ts';
import type { Clock } from '../../ports/clock.ts';
import { systemRandom } from '../system/system-clock.ts';

/** Ids are random, so that cases, and runs on a table that lasts, never meet. */
export const newId = systemRandom.id;

/** A queued job as the API would put it; panel, questions and labels hold what is hard to store. */
export function someJob(clock: Clock, overrides: Partial<NewJob> = {}): JobRecord {
  const id = newId();
  return newJob(
    {
      id,
      client: `client-${id}`,
      payloadHash: 'payload',
      createToken: newId(),
      keyed: false,
      traceId: '',
      question: 'O que é uma VPC? 👩🏽‍💻 ☁️ \u0000 \u{1F680}',
      mode: 'balanced',
      strategy: 'synthesis',
      metadata: { 'tag.with dots-and_#:names': '', course: 'Redes 🚀' },
      panel: [
        { id: 'open-ai_1', model: 'gpt' },
        { id: 'size', model: 'a reserved word' },
        { id: '0-c', model: 'm/7b' },
      ],
      simulated: true,
      quorum: 2,
      deadlineSeconds: 60,
      ...overrides,
    },
    clock.now(),
  );
}

export function someAttempt(provider: string, startedAt: number, overrides: Partial<Attempt> = {}): Attempt {
  return { provider, purpose: 'answer', fence: 1, started_at: startedAt, ...overrides };
}

export function someAnswer(attempt: string, at: number, text = 'Uma rede 🌐.'): StoredAnswer {
  return {
    attempt,
    outcome: 'ok',
    text,
    language: null,
    finish: '',
    latency_ms: 1234.5678,
    usage: { input_tokens: 12, output_tokens: 0 },
    cost: { usd: 0.000_123_4, priced: true },
    at,
  };
}
