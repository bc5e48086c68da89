import { describe, expect, it } from 'vitest';
import type { Strategy } from '../../shared/contract/job-request.ts';
import { viewJob } from '../../shared/job/view.ts';
import { consensus } from '../../worker/aggregate/consensus.ts';
import { CLOSED_QUESTION, makePanel } from '../../worker/aggregate/fixtures.ts';
import { answering, ScriptedProvider } from '../../worker/testing/scripted-provider.ts';
import { WorkerBench } from '../../worker/testing/worker-bench.ts';
import { INJECTIONS, withNonce } from './support/injections.ts';

const QUESTION = 'Which service stores objects?';
const ANSWERS = {
  alpha: 'Amazon S3 stores objects in buckets.',
  beta: 'Objects are stored by Amazon S3, in buckets.',
  gamma: 'Amazon S3: it stores objects.',
};
/** The first call of a bench's counting ids after the job's own: it only has to be 32 hex digits. */
const NONCE = 'f'.repeat(32);

/** A job whose merging model, and with it the next ones, says `reply`; as its client sees it at the end. */
async function merge(reply: string, strategy: Strategy = 'synthesis') {
  await using bench = new WorkerBench({
    providers: (clock) =>
      Object.entries(ANSWERS).map(
        ([id, answer]) => new ScriptedProvider(id, clock, answering(answer), answering(reply)),
      ),
  });
  await bench.start();
  const id = await bench.submit({ question: QUESTION, strategy });
  return viewJob(await bench.end(id));
}

describe('a merging model that was taken in', () => {
  it.each(
    INJECTIONS.bad_replies,
  )('$id: every merger says it, so the consensus stands, with the reason', async ({ text, reason }) => {
    const calm = await merge('', 'consensus');
    const job = await merge(withNonce(text, NONCE));
    expect(job.status).toBe('succeeded');
    expect(job.aggregator).toMatchObject({ strategy: 'consensus', merger: null });
    expect(job.aggregator?.fallback_reason).toBe(
      Object.keys(ANSWERS)
        .map((id) => `${id}: ${reason}`)
        .join('; '),
    );
    expect(Object.values(ANSWERS)).toContain(job.answer?.text);
    expect(job.agreement).toEqual(calm.agreement);
    expect(job.dissent).toEqual(calm.dissent);
  });

  it('is replaced by the next one, which is named', async () => {
    await using bench = new WorkerBench({
      providers: (clock) => [
        new ScriptedProvider('alpha', clock, answering(ANSWERS.alpha), answering('I am ChatGPT: S3.')),
        new ScriptedProvider('beta', clock, answering(ANSWERS.beta), answering('Amazon S3 stores objects.')),
      ],
    });
    await bench.start();
    const job = viewJob(await bench.end(await bench.submit({ question: QUESTION, strategy: 'synthesis' })));
    expect(job.answer?.text).toBe('Amazon S3 stores objects.');
    expect(job.aggregator).toMatchObject({
      strategy: 'synthesis',
      merger: 'beta',
      providers: ['alpha', 'beta'],
    });
  });
});

describe('who merged, what and how well it agrees is never taken from a text', () => {
  it.each(INJECTIONS.attacks)('$id', async ({ text }) => {
    const calm = await merge('', 'consensus');
    // What stands in the answer is the model's; everything said about it is ours.
    const job = await merge(`Amazon S3 stores objects.\n\n${withNonce(text, NONCE)}`);
    expect(job.status).toBe('succeeded');
    expect(job.agreement).toEqual(calm.agreement);
    expect(job.quorum).toEqual(calm.quorum);
    expect(job.dissent).toEqual(calm.dissent);
    expect(job.providers.map(({ id, state }) => [id, state])).toEqual(
      Object.keys(ANSWERS).map((id) => [id, 'answered']),
    );
    const { strategy, merger } = job.aggregator ?? {};
    expect([strategy, merger]).toEqual(
      job.aggregator?.fallback_reason === null ? ['synthesis', 'alpha'] : ['consensus', null],
    );
  });
});

describe('agreement is not raised by a text that claims it', () => {
  // The other attacks hold true sentences too, which rightly count as agreement.
  const claims = INJECTIONS.attacks.filter(({ id }) => /^(?:agreement|provenance)-/.test(id));

  const scoreOf = (question: string, texts: readonly string[]) => {
    const { agreement, providers } = consensus({ text: question }, makePanel(...texts));
    if (!agreement) throw new Error('two answers and no agreement');
    return { score: agreement.score, n: agreement.n, providers };
  };
  const open = { question: QUESTION, honest: ['Amazon S3 stores objects.', 'Use Amazon S3 for objects.'] };
  const closed = {
    question: CLOSED_QUESTION,
    honest: ['B) Amazon S3 stores objects.', 'The answer is (B), Amazon S3.'],
  };
  const wrong = { [open.question]: 'An EBS volume is a disk.', [closed.question]: 'D) Amazon S3 Glacier.' };

  it.each(claims)('$id', ({ text }) => {
    for (const { question, honest } of [open, closed]) {
      const other = wrong[question] ?? '';
      const calm = scoreOf(question, [...honest, other]);
      const attacked = scoreOf(question, [...honest, `${other}\n${withNonce(text, NONCE)}`]);
      expect(attacked.n).toBe(3);
      expect(attacked.score, question).toBeLessThanOrEqual(calm.score + 0.05);
      expect(attacked.providers, 'an answer speaks for itself only').toEqual(calm.providers);
    }
  });
});
