import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consensus, NoAnswersError } from './consensus.ts';
import { anyQuestion, CLOSED_QUESTION, makePanel } from './fixtures.ts';

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
    expect(result.agreement).toMatchObject({ method: 'vote', n: 3 });
    expect(result.dissent).toEqual([
      { providers: ['provider-0'], claim: 'A. Amazon EBS — The answer is (A).' },
    ]);
    expect(result.clusters.map(({ claim }) => claim)).toEqual(['B. Amazon S3', 'A. Amazon EBS']);
  });

  test('an answer that does not choose lowers the agreement and is no dissent', () => {
    const scoreOf = (...texts: string[]) => consensus(closed, makePanel(...texts)).agreement?.score ?? 0;
    const result = consensus(closed, makePanel('B', 'The answer is B', 'It depends on your needs.'));
    expect(result.agreement?.score).toBeLessThan(scoreOf('B', 'The answer is B'));
    expect(result.agreement?.score).toBeGreaterThan(scoreOf('B', 'The answer is A', 'It depends.'));
    expect(result.dissent).toEqual([]);
    expect(result.clusters).toHaveLength(2);
  });

  test('between options with as many votes the fuller explanation decides', () => {
    const explained = 'B, because Amazon S3 keeps objects in several zones.';
    expect(consensus(closed, makePanel('A', explained)).text).toBe(explained);
    expect(consensus(closed, makePanel(explained, 'A')).text).toBe(explained);
    expect(consensus(closed, makePanel('The answer is A', 'The answer is C', explained)).text).toBe(
      explained,
    );
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

describe('known reliability', () => {
  const split = makePanel('The answer is A.', 'The answer is B.', 'It depends on your needs.');

  test('settles what is else a tie, whichever way it points', () => {
    const trusting = (id: string) =>
      consensus(closed, split, {
        reliability: new Map([
          ['provider-0', 0.5],
          ['provider-1', 0.5],
          [id, 0.9],
        ]),
      });
    expect(trusting('provider-0').text).toBe('The answer is A.');
    expect(trusting('provider-1').text).toBe('The answer is B.');
  });

  test('says nothing where all have the same', () => {
    const alike = new Map(split.map(({ provider }) => [provider, 0.8]));
    expect(consensus(closed, split, { reliability: alike })).toEqual(consensus(closed, split));
  });

  test('does not outvote a panel that is of another mind', () => {
    const panel = makePanel('The answer is A.', 'The answer is B.', 'The answer is B.', 'The answer is B.');
    const reliability = new Map([
      ['provider-0', 0.85],
      ['provider-1', 0.7],
      ['provider-2', 0.7],
    ]);
    expect(consensus(closed, panel, { reliability }).text).toBe('The answer is B.');
  });
});

test('a text that changes its mind is not shown where a steady one chooses the same', () => {
  const wavering = 'The answer is A. No: objects need object storage, so the answer is B.';
  expect(consensus(closed, makePanel(wavering, 'B')).text).toBe('B');
});

test('an answer that opens by declining does not speak for the others', () => {
  const declining =
    'I cannot determine it. Archives may be kept in Glacier, in EBS, in EFS or in a database.';
  expect(consensus(open, makePanel(declining, 'Glacier keeps archives.', 'In Glacier.')).text).toBe(
    'Glacier keeps archives.',
  );
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
