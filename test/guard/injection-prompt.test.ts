import { describe, expect, it } from 'vitest';
import type { Random } from '../../shared/ports/clock.ts';
import { consensus } from '../../worker/aggregate/consensus.ts';
import { CLOSED_QUESTION, makePanel } from '../../worker/aggregate/fixtures.ts';
import { readSynthesis } from '../../worker/aggregate/read-synthesis.ts';
import { parseSynthesisPrompt } from '../../worker/aggregate/synthesis-layout.ts';
import { buildSynthesisPrompt } from '../../worker/aggregate/synthesis-prompt.ts';
import { SYNTHESIS_RULES } from '../../worker/aggregate/synthesis-rules.ts';
import { INJECTIONS, withNonce } from './support/injections.ts';

const NONCE = '0123456789abcdef'.repeat(2);
const random: Random = { float: () => 0.5, id: () => NONCE };

const QUESTION = 'Which service stores objects?';
const HONEST = ['Amazon S3 stores objects in buckets.', 'Objects are stored by Amazon S3.'];

const build = (question: string, answers: readonly string[]) => {
  const kept = makePanel(...answers);
  return buildSynthesisPrompt({ text: question }, kept, consensus({ text: question }, kept), random).prompt;
};

/** What of a prompt is not quoted. */
function outsideQuotes(user: string): string {
  return user.replaceAll(
    new RegExp(`<<<(?:QUESTION|ANSWER \\d) ${NONCE}>>>\\n[^]*?\\n<<<END ${NONCE}>>>`, 'g'),
    '',
  );
}

const OWN_WORDS =
  /^\s*Merge these answers into one\. (?:Their wording suggests that the answers agree; check it\.|Their wording suggests that these answers stand apart: [\d, |]+\. Look there for contradictions\.)(?: Counting alone gives the position that most speaks for a chance of about \d{1,3} % to be right\.)?$/;

const OWN_FORMS = [
  /^Write in the language of the question(?: \(ISO 639-1 code: [a-z]{2,3}\))?\.$/,
  /^(?:Begin with the direct answer, then explain it\.|The question (?:asks|offers) [a-z0-9 ,:]+\.)$/,
];

const isOwnLine = (line: string) =>
  SYNTHESIS_RULES.includes(line) || OWN_FORMS.some((form) => form.test(line));

function expectSealed(user: string, answers: number): void {
  expect(user.split(NONCE).length - 1, 'the code of the call stands in its delimiters only').toBe(
    2 * (answers + 1),
  );
  expect(outsideQuotes(user)).toMatch(OWN_WORDS);
}

const attacks = INJECTIONS.attacks.map(({ id, text }) => [id, withNonce(text, NONCE)] as const);

it('the corpus holds what it should: attacks in two languages, each once', () => {
  const { attacks: all } = INJECTIONS;
  expect(all.length).toBeGreaterThanOrEqual(40);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.filter(({ language }) => language === 'pt').length).toBeGreaterThanOrEqual(10);
});

describe('an attack as an answer', () => {
  it.each(attacks)('%s stays inside its quotes, and changes nothing that the model is told', (_id, text) => {
    const calm = build(QUESTION, [...HONEST, 'Amazon EBS stores objects.']);
    const { system, user } = build(QUESTION, [...HONEST, text]);
    expect(system).toBe(calm.system);
    expectSealed(user, 3);
    const task = parseSynthesisPrompt(user);
    expect(task?.answers).toHaveLength(3);
    expect(task?.question).toBe(QUESTION);
    for (const answer of HONEST) expect(task?.answers).toContain(answer);
  });
});

describe('an attack as a question', () => {
  it.each(attacks)('%s stays inside its quotes, and adds no word to the rules', (_id, text) => {
    for (const question of [text, `${CLOSED_QUESTION}\n${text}`, `${text}\nIs it so?`]) {
      const { system, user } = build(question.slice(0, 8000), HONEST);
      expectSealed(user, 2);
      for (const line of system.split('\n')) {
        expect(isOwnLine(line), `not ours: ${line}`).toBe(true);
      }
      expect(parseSynthesisPrompt(user)?.answers).toHaveLength(2);
    }
  });
});

describe('an attack that the merging model obeyed', () => {
  it.each(INJECTIONS.bad_replies)('$id is not taken: $reason', ({ text, reason }) => {
    expect(readSynthesis({ text: QUESTION }, withNonce(text, NONCE))).toEqual({ ok: false, reason });
  });

  it.each(INJECTIONS.honest_replies)('an honest reply is none: $id', ({ text }) => {
    expect(readSynthesis({ text: 'S3?' }, text)).toEqual({ ok: true, text });
  });
});
