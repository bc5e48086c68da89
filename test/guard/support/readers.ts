import { renderMarkdown } from '../../../api/cli/markdown.ts';
import { cleanJson, cleanText, shorten, wrap } from '../../../api/cli/terminal.ts';
import { matchesEtag } from '../../../api/http/etag.ts';
import { parseIdempotencyKey } from '../../../api/http/idempotency-key.ts';
import { preferredWaitSeconds } from '../../../api/http/prefer.ts';
import { hasLoneSurrogate } from '../../../api/jobs/canonical-json.ts';
import { webhookUrlProblem } from '../../../api/jobs/webhook-url.ts';
import { traceIdOf } from '../../../api/middleware/trace-context.ts';
import { decodeEntities } from '../../../api/page/app/markdown/decode-entities.ts';
import { safeLink } from '../../../api/page/app/markdown/safe-link.ts';
import { readMarkdown } from '../../../api/read-markdown.ts';
import { jobRequestSchema } from '../../../shared/contract/job-request.ts';
import { LIMITS } from '../../../shared/contract/limits.ts';
import { parseJobMessage } from '../../../shared/contract/message.ts';
import { readClosedQuestion } from '../../../worker/aggregate/closed-question.ts';
import { consensus } from '../../../worker/aggregate/consensus.ts';
import { filterAnswers } from '../../../worker/aggregate/filter-answers.ts';
import { CLOSED_QUESTION, makePanel } from '../../../worker/aggregate/fixtures.ts';
import { readSynthesis } from '../../../worker/aggregate/read-synthesis.ts';
import { parseSynthesisPrompt } from '../../../worker/aggregate/synthesis-layout.ts';
import { redactSecrets } from '../../../worker/providers/redact.ts';
import { readRetryAfterMs } from '../../../worker/providers/retry-after.ts';
import { answerPrompt } from '../../../worker/providers/simulated/answer-prompt.ts';

export interface Reader {
  /** The longest text that can reach it, in characters. */
  longest: number;
  read: (text: string) => unknown;
}

const HEADER = 16 * 1024;
const BODY = 64 * 1024;
const QUESTION = LIMITS.questionCharacters;
const ANSWER = LIMITS.answerBytes;
const REPLY = 4 * 1024 * 1024;

const panelOf = (text: string) => makePanel(text, text.slice(1), `A. ${text.slice(3)}`);
const KEY = 'a-key-of-no-shape-0123';

/** An invalid header is refused by an error: that is an answer too. */
function orRefused(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}

/** Everything that looks at a text from outside by regular expressions, and how long a text it may be given. */
export const READERS: Record<string, Reader> = {
  'an Idempotency-Key': { longest: HEADER, read: (text) => orRefused(() => parseIdempotencyKey(text)) },
  'a quoted Idempotency-Key': {
    longest: HEADER,
    read: (text) => orRefused(() => parseIdempotencyKey(`"${text}`)),
  },
  Prefer: { longest: HEADER, read: (text) => preferredWaitSeconds(`wait=${text}`, 50) },
  'If-None-Match': { longest: HEADER, read: (text) => matchesEtag(text, '"x"') },
  traceparent: { longest: HEADER, read: (text) => traceIdOf(text) },
  'surrogates of a body': { longest: BODY, read: (text) => hasLoneSurrogate({ question: text }) },
  'the schema of a request': {
    longest: BODY,
    read: (text) =>
      jobRequestSchema.safeParse({
        question: text,
        language: text,
        providers: [text],
        webhook: { url: text },
      }),
  },
  'a webhook’s address': { longest: 2048, read: (text) => webhookUrlProblem(`https://${text}`, false) },
  'a message': { longest: BODY, read: (text) => parseJobMessage(JSON.stringify({ v: 1, job_id: text })) },
  'a question': { longest: QUESTION, read: (text) => readClosedQuestion(`${text}?`) },
  'a question of the simulated panel': {
    longest: QUESTION,
    read: (user) => answerPrompt({ system: '', user }, { providerId: 'a', misconceptionShare: 0.5 }),
  },
  'the filter of answers': { longest: ANSWER, read: (text) => filterAnswers({ text: 'S3?' }, panelOf(text)) },
  'a consensus': { longest: ANSWER, read: (text) => consensus({ text: 'What is S3?' }, panelOf(text)) },
  'a vote': { longest: ANSWER, read: (text) => consensus({ text: CLOSED_QUESTION }, panelOf(text)) },
  'a number': { longest: ANSWER, read: (text) => consensus({ text: 'How many zones?' }, panelOf(text)) },
  'a merged answer': { longest: BODY, read: (text) => readSynthesis({ text: CLOSED_QUESTION }, text) },
  'a merging task': { longest: BODY, read: (text) => parseSynthesisPrompt(text) },
  'a provider’s error': { longest: REPLY, read: (text) => redactSecrets(text, KEY) },
  'a provider’s headers': { longest: HEADER, read: (text) => readRetryAfterMs({ get: () => text }, 0) },
  'Markdown on the page': { longest: BODY, read: (text) => readMarkdown(text) },
  'entities on the page': { longest: BODY, read: (text) => decodeEntities(text) },
  'a link on the page': { longest: BODY, read: (text) => safeLink(`https://${text}`) },
  'Markdown on a terminal': {
    longest: BODY,
    read: (text) => renderMarkdown(cleanText(text), { columns: 80, paint: (_style, word) => word }),
  },
  'JSON on a terminal': { longest: BODY, read: (text) => cleanJson({ text }) },
  'a line on a terminal': { longest: BODY, read: (text) => [shorten(text, 80), wrap(text, 80)] },
};

/** Repeated, each makes some expression try again and again; found by analysis of the expressions, and by hand. */
export const PIECES: readonly string[] = [
  ...[
    'a',
    'a ',
    'é',
    'ﷺ',
    '0',
    '0.',
    '0,',
    ' ',
    '\t',
    '\n',
    '.\n',
    '. ',
    '!',
    '?',
    ';',
    '-',
    '_',
    '*',
    '`',
    '|',
  ],
  ...[
    '"',
    '\\',
    '\\\\',
    '"\\',
    '\\ud8',
    '/',
    '//',
    ':',
    '@',
    '[',
    '](',
    '[a](',
    ' [',
    '![',
    '<',
    '<a ',
    '&#',
    '&a',
  ],
  ...[
    '> ',
    '- ',
    '1. ',
    '# ',
    '**a',
    '_a',
    '```',
    '$a',
    '=',
    'A) ',
    'A.\t',
    '(A)\t',
    'A or B ',
    ', ',
    '; or ',
  ],
  ...['.is\nr', 'u.is a', '.u\tn', 'e sao ', '\t[\r', '- [a](', '[a](b(', 'i ', 'i have no ', 'not given a '],
  ...['the text a ', 'nao citado a ', 'textos ', 'if you have ', 'se voce tiver ', 'https://', 'http://a '],
  ...[
    'all the ',
    'todos os ',
    'this answer was ',
    'agreement ',
    'sk-',
    'Bearer ',
    'a*',
    '***',
    ': [000 ',
    'h1m',
  ],
];
