import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filterAnswers } from './filter-answers.ts';
import { anyQuestion, makeCandidate, panelOfAnswers } from './fixtures.ts';

const question = { text: 'How can a company store the objects of its application with high durability?' };
const ENGLISH =
  'Use Amazon S3: it is an object storage service that offers high durability for all of your data.';
const PORTUGUESE =
  'Use o Amazon S3: ele é um serviço de armazenamento de objetos com alta durabilidade para os seus dados.';

const idsOf = (list: readonly { provider: string }[]) => list.map(({ provider }) => provider);

test('each reason is found, and both lists stand in the order of provider ids', () => {
  const result = filterAnswers(question, [
    makeCandidate('f', PORTUGUESE),
    makeCandidate('e', 'Use S3 because it', { outcome: 'truncated' }),
    makeCandidate('d', ' \n* '),
    makeCandidate('c', "I'm sorry, but I can't help with that."),
    makeCandidate('b', ENGLISH, { upstream: 'https://a.test/v1' }),
    makeCandidate('a', ENGLISH),
  ]);
  expect(idsOf(result.kept)).toEqual(['a']);
  expect(result.filtered).toEqual([
    { provider: 'b', reason: 'duplicate_upstream' },
    { provider: 'c', reason: 'refusal' },
    { provider: 'd', reason: 'empty' },
    { provider: 'e', reason: 'truncated' },
    { provider: 'f', reason: 'wrong_language' },
  ]);
});

test('equal texts of different upstreams are agreement, not duplicates', () => {
  const { kept } = filterAnswers(question, [makeCandidate('a', ENGLISH), makeCandidate('b', ENGLISH)]);
  expect(idsOf(kept)).toEqual(['a', 'b']);
});

test('a truncated answer, or one in another language, stays where nothing better is there', () => {
  const truncated = makeCandidate('a', 'Use S3 because it', { outcome: 'truncated' });
  expect(filterAnswers(question, [truncated]).kept).toEqual([truncated]);
  const foreign = makeCandidate('a', PORTUGUESE);
  expect(filterAnswers(question, [foreign]).kept).toEqual([foreign]);
});

test('a refusal of an upstream does not push out the answer of the same upstream', () => {
  const { kept } = filterAnswers(question, [
    makeCandidate('a', 'I cannot answer this question.', { upstream: 'same' }),
    makeCandidate('b', ENGLISH, { upstream: 'same' }),
  ]);
  expect(idsOf(kept)).toEqual(['b']);
});

test('the language that the asker named is expected', () => {
  const candidates = [makeCandidate('a', ENGLISH), makeCandidate('b', PORTUGUESE)];
  expect(idsOf(filterAnswers({ ...question, language: 'pt-BR' }, candidates).kept)).toEqual(['b']);
});

test('the order of the candidates changes nothing, and none is lost', () => {
  const shuffled = panelOfAnswers.chain((panel) =>
    fc.tuple(fc.constant(panel), fc.shuffledSubarray(panel, { minLength: panel.length })),
  );
  fc.assert(
    fc.property(anyQuestion, shuffled, (asked, [panel, reordered]) => {
      const result = filterAnswers(asked, panel);
      expect(filterAnswers(asked, reordered)).toEqual(result);
      expect([...idsOf(result.kept), ...idsOf(result.filtered)].sort()).toEqual(idsOf(panel));
    }),
  );
});
