import { describe, expect, it } from 'vitest';
import { machineWord, redactSecrets } from './redact.ts';

describe("a provider's words", () => {
  it.each([
    ['Bad key my-own-key-77 given', 'Bad key [redacted] given'],
    ['Incorrect API key provided: sk-proj-****abcd.', 'Incorrect API key provided: [redacted].'],
    ['token hf_AbCdEfGhIj is invalid', 'token [redacted] is invalid'],
    ['key AIzaSyA1234567890 expired', 'key [redacted] expired'],
    ['in organization org-Zq81LkVnE0d on requests', 'in organization [redacted] on requests'],
    ["for consumer 'project_number:391029737820'", "for consumer '[redacted]'"],
    ['got Authorization: Bearer abc.def', 'got Authorization: [redacted]'],
    ['Wrong key: my-own…', 'Wrong key: [redacted]'],
    ['Wrong key: my-own-k****.', 'Wrong key: [redacted]'],
    ['Wrong key: ****y-77', 'Wrong key: [redacted]'],
    ['two\n  lines', 'two lines'],
    ['a task-based and risk-free answer', 'a task-based and risk-free answer'],
  ])('%j become %j', (words, expected) => {
    expect(redactSecrets(words, 'my-own-key-77')).toBe(expected);
  });

  it('are cut to one short line', () => {
    expect(redactSecrets('x'.repeat(5000), undefined)).toHaveLength(200);
  });
});

describe("a provider's machine word", () => {
  it.each(['stop', 'MAX_TOKENS', 'content_filter', 'invalid_api_key', 'gpt-5.1'])('%s is shown', (word) => {
    expect(machineWord(word, 'my-own-key-77')).toBe(word);
  });

  it.each([
    '',
    'two words',
    'my-own-key-77',
    'my-own-k',
    'sk-proj-abcd',
    'x'.repeat(65),
    'key:1',
  ])('%j is none', (word) => {
    expect(machineWord(word, 'my-own-key-77')).toBeUndefined();
  });
});
