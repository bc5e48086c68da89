import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consensus, NoAnswersError } from './consensus.ts';
import { filterAnswers } from './filter-answers.ts';
import { anyQuestion, CLOSED_QUESTION, makeCandidate, makePanel, panelOfAnswers } from './fixtures.ts';
import type { Candidate, Consensus, Question } from './types.ts';

const closed = { text: CLOSED_QUESTION };
const open = { text: 'Which service keeps files for archives?' };

describe('closed questions', () => {
  test('the option with most votes wins; the others are named with what they say', () => {
    const result = consensus(
      closed,
      makePanel('The answer is (A).', '**B**', 'Amazon S3 keeps objects. Resposta: B'),
    );
    expect(result.text).toBe('Amazon S3 keeps objects. Resposta: B');
    expect(result.providers).toEqual(['provider-1', 'provider-2']);
    expect(result.agreement).toEqual({ score: (2 + 1 / 4) / 4, method: 'vote', n: 3 });
    expect(result.dissent).toEqual([
      { providers: ['provider-0'], claim: 'A. Amazon EBS — The answer is (A).' },
    ]);
    expect(result.clusters.map(({ claim }) => claim)).toEqual(['B. Amazon S3', 'A. Amazon EBS']);
  });

  test('an answer that does not choose lowers the agreement and is no dissent', () => {
    const result = consensus(closed, makePanel('B', 'The answer is B', 'It depends on your needs.'));
    expect(result.agreement?.score).toBeCloseTo((2 + 1 / 4) / 4);
    expect(result.dissent).toEqual([]);
    expect(result.clusters).toHaveLength(2);
  });

  test('of two that disagree, the one that explains itself stands first', () => {
    const explained = 'B, because Amazon S3 keeps objects in several zones.';
    expect(consensus(closed, makePanel('A', explained)).text).toBe(explained);
    expect(consensus(closed, makePanel(explained, 'A')).text).toBe(explained);
  });

  test('where hardly anyone chooses, the texts are compared', () => {
    const text = 'It depends on how often the data is read and on who reads it.';
    expect(consensus(closed, makePanel(text, text, text, 'The answer is B')).agreement?.method).toBe(
      'similarity',
    );
  });

  test('a count in the question that no answer keeps to is no instruction', () => {
    const asked = { text: 'Which two-tier design is right? Choose 2 tiers.\nA) x1\nB) y1\nC) z1' };
    expect(consensus(asked, makePanel('The answer is B', 'B', 'A')).providers).toEqual([
      'provider-0',
      'provider-1',
    ]);
  });

  test('yes and no, and amounts in different units, are votes', () => {
    const yes = consensus(
      { text: 'Is S3 a regional service?' },
      makePanel('Yes, it is.', 'Sim.', 'No, it is global.'),
    );
    expect(yes.providers).toEqual(['provider-0', 'provider-1']);
    const minutes = consensus(
      { text: 'How long may a function run?' },
      makePanel('15 minutes', '900 s', '5 minutes'),
    );
    expect(minutes.providers).toEqual(['provider-0', 'provider-1']);
  });
});

describe('open questions', () => {
  test('the answer that the others support is taken verbatim', () => {
    const result = consensus(
      open,
      makePanel('Amazon Glacier keeps them.', '**Glacier**, cheaply.', 'I would take an EBS volume.'),
    );
    expect(['Amazon Glacier keeps them.', '**Glacier**, cheaply.']).toContain(result.text);
    expect(result.providers).toEqual(['provider-0', 'provider-1']);
    expect(result.dissent).toEqual([{ providers: ['provider-2'], claim: 'I would take an EBS volume.' }]);
  });

  test('agreement grows with support and never reaches certainty', () => {
    const scoreOf = (...texts: string[]) =>
      consensus(open, makePanel(...texts)).agreement?.score ?? Number.NaN;
    const split = scoreOf('Glacier', 'EBS', 'EFS');
    const most = scoreOf('Glacier', 'Glacier', 'EFS');
    const all = scoreOf('Glacier', 'Glacier', 'Glacier');
    expect([split < most, most < all, all < 1], `${split} ${most} ${all}`).toEqual([true, true, true]);
  });

  test('a dissent is cut to 300 characters', () => {
    const { dissent } = consensus(open, makePanel('Glacier', 'Glacier', 'blockstorage '.repeat(100)));
    expect(dissent.map(({ claim }) => claim.length <= 300 && claim.endsWith('…'))).toEqual([true]);
  });
});

test('one answer stands alone, without a measure', () => {
  const result = consensus(open, makePanel('Glacier'));
  expect(result).toEqual({
    text: 'Glacier',
    providers: ['provider-0'],
    agreement: null,
    dissent: [],
    clusters: [{ providers: ['provider-0'], claim: 'Glacier' }],
  });
});

test('no answer is the mistake of the caller', () => {
  expect(() => consensus(open, [])).toThrow(NoAnswersError);
});

describe('what must not matter', () => {
  const decide = (question: Question, candidates: readonly Candidate[]): Consensus =>
    consensus(question, filterAnswers(question, candidates).kept);

  test('the order of the answers', () => {
    const shuffled = panelOfAnswers.chain((panel) =>
      fc.tuple(fc.constant(panel), fc.shuffledSubarray(panel, { minLength: panel.length })),
    );
    fc.assert(
      fc.property(anyQuestion, shuffled, (question, [panel, reordered]) => {
        expect(decide(question, reordered)).toEqual(decide(question, panel));
      }),
    );
  });

  test('a second provider of the same upstream, a refusal, an empty answer', () => {
    const noise = fc.constantFrom(
      makeCandidate('zz', 'The answer is (A).', { upstream: 'https://provider-0.test/v1' }),
      makeCandidate('aa', "I'm sorry, but I can't help with that."),
      makeCandidate('mm', 'Desculpe, não posso ajudar com isso.'),
      makeCandidate('kk', ' \n\n'),
    );
    fc.assert(
      fc.property(anyQuestion, panelOfAnswers, noise, (question, panel, added) => {
        expect(decide(question, [...panel, added])).toEqual(decide(question, panel));
      }),
    );
  });

  test('the names of the providers', () => {
    fc.assert(
      fc.property(anyQuestion, panelOfAnswers, (question, panel) => {
        const rename = (provider: string) => `renamed-${9 - Number(provider.at(-1))}`;
        const renamed = panel.map((candidate) => ({ ...candidate, provider: rename(candidate.provider) }));
        const [before, after] = [decide(question, panel), decide(question, renamed)];
        expect([after.text, after.agreement]).toEqual([before.text, before.agreement]);
        expect(after.clusters).toEqual(
          before.clusters.map((cluster) => ({ ...cluster, providers: cluster.providers.map(rename).sort() })),
        );
      }),
    );
  });

  test('Markdown and white space', () => {
    const dress = fc.constantFrom(
      (text: string) => `\n\n  ${text.replaceAll(' ', '  ')}\t\n`,
      (text: string) => `# ${text}`,
      (text: string) => `- ${text}`,
      (text: string) => text.replace(/Amazon (\w+)/g, 'Amazon **$1**'),
    );
    fc.assert(
      fc.property(anyQuestion, panelOfAnswers, dress, (question, panel, put) => {
        const dressed = panel.map((candidate) => ({ ...candidate, text: put(candidate.text) }));
        const [before, after] = [decide(question, panel), decide(question, dressed)];
        expect([after.agreement, after.clusters, after.dissent]).toEqual([
          before.agreement,
          before.clusters,
          before.dissent,
        ]);
        expect(after.text).toBe(put(before.text));
      }),
    );
  });
});

test('whatever the texts are, the outcome is well formed', () => {
  const texts = fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(anyQuestion, texts, (question, list) => {
      const result = consensus(question, makePanel(...list));
      expect(list).toContain(result.text);
      const score = result.agreement?.score ?? 0.5;
      expect(score > 0 && score < 1, `score ${score}`).toBe(true);
      expect(result.clusters.flatMap(({ providers }) => providers).sort()).toEqual(
        list.map((_, index) => `provider-${index}`),
      );
    }),
  );
});
