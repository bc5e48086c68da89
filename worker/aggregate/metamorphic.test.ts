import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consensus } from './consensus.ts';
import { filterAnswers } from './filter-answers.ts';
import { anyQuestion, CLOSED_QUESTION, makeCandidate, makePanel, panelOfAnswers } from './fixtures.ts';
import type { Candidate, Consensus, Question } from './types.ts';

const decide = (question: Question, candidates: readonly Candidate[]): Consensus =>
  consensus(question, filterAnswers(question, candidates).kept);

describe('what must not matter', () => {
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

describe('what may change, and how', () => {
  const closed = { text: CLOSED_QUESTION };
  const letter = fc.constantFrom('A', 'B', 'C', 'D');
  const spelling = fc.constantFrom(
    (label: string) => label,
    (label: string) => `(${label})`,
    (label: string) => `${label})`,
    (label: string) => `**${label}**`,
    (label: string) => `${label.toLowerCase()})`,
    (label: string) => `Answer: ${label}`,
    (label: string) => `Option ${label} is correct.`,
    (label: string) => `A resposta correta é a letra ${label}.`,
    (label: string) => `The answer is (${label}).`,
  );
  const votes = fc.array(letter, { minLength: 2, maxLength: 6 });
  const tallyOf = ({ clusters }: Consensus) =>
    clusters.map(({ providers, claim }) => `${claim}: ${providers.join()}`).sort();

  test('another spelling of the options: who stands where stays, only the weight of words moves', () => {
    const spelled = votes.chain((labels) =>
      fc.tuple(
        fc.constant(labels),
        fc.array(spelling, { minLength: labels.length, maxLength: labels.length }),
      ),
    );
    fc.assert(
      fc.property(spelled, ([labels, spellings]) => {
        const plain = consensus(closed, makePanel(...labels.map((label) => `The answer is ${label}.`)));
        const texts = labels.map((label, index) => spellings[index]?.(label) ?? label);
        expect(tallyOf(consensus(closed, makePanel(...texts))), texts.join(' | ')).toEqual(tallyOf(plain));
      }),
    );
  });

  test('one more provider who says what was merged: the choice stays, the agreement does not fall', () => {
    fc.assert(
      fc.property(votes, (labels) => {
        const panel = makePanel(...labels.map((label) => `The answer is ${label}.`));
        const before = consensus(closed, panel);
        const after = consensus(closed, [...panel, makeCandidate('zz', before.text)]);
        expect(after.text).toBe(before.text);
        expect(after.agreement?.score).toBeGreaterThanOrEqual(before.agreement?.score ?? 1);
      }),
    );
  });

  test('one more provider against a choice that stays: the agreement does not grow', () => {
    fc.assert(
      fc.property(votes, letter, (labels, other) => {
        const panel = makePanel(...labels.map((label) => `The answer is ${label}.`));
        const before = consensus(closed, panel);
        const added = `The answer is ${other}.`;
        const after = consensus(closed, [...panel, makeCandidate('zz', added)]);
        fc.pre(added !== before.text && after.text === before.text);
        expect(after.agreement?.score).toBeLessThanOrEqual(before.agreement?.score ?? 0);
      }),
    );
  });
});
