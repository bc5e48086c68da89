import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../shared/adapters/memory/virtual-clock.ts';
import type { Completion } from '../../../shared/contract/outcome.ts';
import { formatSynthesisTask } from '../../aggregate/synthesis-layout.ts';
import { buildTutorPrompt } from '../tutor-prompt.ts';
import { createSimulated, type SimulatedOptions } from './simulated-provider.ts';
import { ALL_TOPICS } from './topics/all-topics.ts';

const clock = new VirtualClock();
const never = new AbortController().signal;

function simulated(options: Partial<SimulatedOptions> = {}) {
  return createSimulated({ id: 'simulated-a', model: 'built-in', misconceptionShare: 0, clock, ...options });
}

async function ask(question: string, options: Partial<SimulatedOptions> = {}, language?: string) {
  return within(simulated(options).complete(buildTutorPrompt(question, language), never));
}

async function within(call: Promise<Completion>): Promise<Completion> {
  await clock.advance(10_000);
  return call;
}

function textOf(completion: Completion): string {
  if ('text' in completion) return completion.text;
  throw new Error(`no text: ${JSON.stringify(completion)}`);
}

describe('a simulated answer', () => {
  it('is marked, is about the question and is the same on every run', async () => {
    const first = await ask('What is a VPC endpoint?');
    expect(first).toMatchObject({
      outcome: 'ok',
      finish: 'stop',
      text: expect.stringMatching(/^\[simulated\] .*PrivateLink/),
    });
    expect(await ask('What is a VPC endpoint?')).toEqual(first);
  });

  it('takes a seeded time between the bounds', async () => {
    const start = clock.monotonic();
    const call = simulated({ latencyMs: { min: 200, max: 300 } }).complete(buildTutorPrompt('SQS?'), never);
    await clock.until(() => clock.sleeping === 0);
    await call;
    expect(clock.monotonic() - start).toBeGreaterThanOrEqual(200);
    expect(clock.monotonic() - start).toBeLessThan(300);
  });

  it('differs in its words between the members of a panel', async () => {
    const panel = ['simulated-a', 'simulated-b', 'simulated-c'];
    const texts = await Promise.all(panel.map((id) => ask('What is the CAP theorem?', { id })));
    expect(new Set(texts.map(textOf)).size).toBe(3);
  });

  it.each([
    ['O que é o teorema CAP?', undefined, /consistência/],
    ['What is the CAP theorem?', 'pt', /consistência/],
    ['O que é o teorema CAP?', 'en', /consistency/],
    ['What is the CAP theorem?', undefined, /consistency/],
  ])('to %j asked in %j is in the right language', async (question, language, expected) => {
    expect(textOf(await ask(question, {}, language))).toMatch(expected);
  });

  it('to an unknown subject says what it is and which topics it knows', async () => {
    const text = textOf(await ask('Who was Napoleon?'));
    expect(text).toContain('This is a simulated provider');
    for (const topic of ALL_TOPICS) expect(text).toContain(topic.en.title);
  });

  it('tells a misconception only in the share asked for', async () => {
    const wrong = ALL_TOPICS.map((topic) => topic.en.misconception).filter((text) => text !== undefined);
    const isWrong = (text: string) => wrong.some((misconception) => text.includes(misconception));
    const question = 'Security group or network ACL?';
    expect(isWrong(textOf(await ask(question, { misconceptionShare: 1 })))).toBe(true);
    expect(isWrong(textOf(await ask(question, { misconceptionShare: 0 })))).toBe(false);
  });

  it.each([
    [
      'Which gives instances in a private subnet private access to Amazon S3?\nA) NAT gateway\nB) Internet gateway\nC) Gateway VPC endpoint\nD) VPN',
      /The answer is \(C\)\.$/,
    ],
    [
      'Um trabalho em lote tolera interrupções. Qual opção do EC2 é a mais barata? A. On-Demand B. Instâncias Spot C. Dedicated Hosts',
      /A resposta é \(B\)\.$/,
    ],
  ])('to a closed question ends with an option', async (question, expected) => {
    expect(textOf(await ask(question))).toMatch(expected);
  });
});

describe('every topic', () => {
  it.each(
    ALL_TOPICS.map((topic) => [topic.en.title, topic] as const),
  )('%s is found by its title', async (_title, topic) => {
    for (const language of ['en', 'pt'] as const) {
      const { title, variants } = topic[language];
      const text = textOf(
        await ask(language === 'en' ? `What is ${title}?` : `O que é ${title}?`, {}, language),
      );
      expect(variants.map((variant) => `[simulated] ${variant}`)).toContain(text);
      expect(new Set(variants).size).toBe(3);
    }
  });

  it('has keywords in the form in which they are compared', () => {
    for (const keyword of ALL_TOPICS.flatMap((topic) => topic.keywords)) {
      expect(keyword).toBe(keyword.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
    }
  });
});

describe('a simulated merger', () => {
  const NONCE = 'a'.repeat(32);
  const merge = (answers: string[], question = 'What is SQS?') =>
    within(
      simulated().complete(
        {
          system: 'You merge answers into one.',
          user: formatSynthesisTask({ question, answers }, NONCE),
          maxOutputTokens: 900,
        },
        never,
      ),
    );

  it('joins what the quoted answers say, once, under one mark', async () => {
    const text = textOf(
      await merge([
        '[simulated] SQS is a queue that holds messages for consumers.',
        '[simulated] SQS is a queue that holds messages for consumers.',
        '[simulated] SQS is a queue that holds messages. Retention lasts fourteen days at the very most.',
      ]),
    );
    expect(text.match(/\[simulated\]/g)).toHaveLength(1);
    expect(text.match(/queue/g)).toHaveLength(1);
    expect(text).toContain('fourteen days');
  });

  it('follows the majority of a closed question', async () => {
    const answers = [
      'Lambda scales. The answer is (B).',
      'It is EC2.\n\nThe answer is (A).',
      'Serverless scales.\n\nThe answer is (B).',
    ];
    const text = textOf(await merge(answers));
    expect(text).toMatch(/The answer is \(B\)\.$/);
    expect(text).not.toContain('(A)');
  });

  it('leaves out a misconception where a sound answer is there', async () => {
    const { variants, misconception = '' } = ALL_TOPICS.find((topic) => topic.en.title.includes('CAP'))
      ?.en ?? { variants: [''] };
    const wrong = Array.from({ length: 4 }, () => misconception);
    expect(textOf(await merge([...wrong, variants[0] ?? '']))).toBe(`[simulated] ${variants[0]}`);
  });

  it('gives a merging task that it cannot read back to the chain', async () => {
    const prompt = {
      system: 'Merge the answers.',
      user: 'Answer 1: yes. Answer 2: no.',
      maxOutputTokens: 900,
    };
    const completion = await within(simulated().complete(prompt, never));
    expect(completion).toMatchObject({ outcome: 'bad_response', retryable: false, possiblyBilled: false });
  });
});

describe('a simulated call', () => {
  it('stops when aborted and leaves no timer', async () => {
    const controller = new AbortController();
    const call = simulated().complete(buildTutorPrompt('What is SQS?'), controller.signal);
    expect(clock.sleeping).toBe(1);
    controller.abort();
    expect(await call).toMatchObject({ outcome: 'aborted', possiblyBilled: false });
    expect(clock.sleeping).toBe(0);
  });

  it.each(['rate_limited', 'overloaded', 'timeout'] as const)('can be made to end %s', async (failure) => {
    const completion = await ask('What is SQS?', { failureRates: { [failure]: 1 } });
    expect(completion).toMatchObject({ outcome: failure, retryable: true });
  });

  it('fails by attempt, so that retries succeed, and the same on every run', async () => {
    const run = async () => {
      const provider = simulated({ failureRates: { overloaded: 0.5 } });
      const outcomes: string[] = [];
      for (let index = 0; index < 40; index++) {
        outcomes.push(
          (await within(provider.complete(buildTutorPrompt(`What is SQS? ${index % 10}`), never))).outcome,
        );
      }
      return outcomes;
    };
    const outcomes = await run();
    expect(new Set(outcomes)).toEqual(new Set(['ok', 'overloaded']));
    expect(await run()).toEqual(outcomes);
    const recovered = outcomes.filter(
      (outcome, at) => outcome === 'ok' && outcomes[at - 10] === 'overloaded',
    );
    expect(recovered).not.toEqual([]);
  });
});
