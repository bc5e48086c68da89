import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../api/cli.ts';
import { makeApi } from '../../api/testing/api-fixture.ts';
import { fakeTerminal } from '../../api/testing/fake-terminal.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';

/** What a terminal would do something about, and what turns the direction of reading. */
const ESCAPES = [
  '\u001b[2J\u001b[H',
  '\u001b]0;owned\u0007',
  '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\',
  '\u001b]52;c;cm0gLXJmIH4=\u0007',
  '\u001b[6n',
  '\u001bc',
  '\u001bP+q544e\u001b\\',
  '\u001b[?1049h',
  '\u009b31m',
  '\u009d0;owned\u009c',
  '\u0090q\u009c',
  '\r\u001b[Kroot:~# ',
  '\b\b\b\b',
  '\u0007',
  '\u000e',
  '\u007f',
  '\u0000',
  '\u202edesrever\u202c',
  '\u2066isolate\u2069',
  '&#27;[31m',
  '\\u001b[31m',
].join(' ');

const ESC = '\u001b';
const HARMFUL = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
/** What the command line itself writes on a terminal: styles, and going back over its own lines. */
const OWN_SEQUENCE = /^\[(?:\d{1,3}(?:;\d{1,3})*m|[01]?\d?[AJK])/;

function withoutOwn(text: string): string {
  const [first = '', ...rest] = text.replaceAll('\r', '').split(ESC);
  return (
    first +
    rest.map((piece) => (OWN_SEQUENCE.test(piece) ? piece.replace(OWN_SEQUENCE, '') : ESC + piece)).join('')
  );
}

/** The same with escapes at the end of each text; what a client acts upon stays. */
function poison(value: unknown, name = ''): unknown {
  const kept = [
    'id',
    'status',
    'state',
    'code',
    'strategy',
    'mode',
    'finish',
    'outcome',
    'method',
    'purpose',
  ];
  if (Array.isArray(value)) return value.map((one) => poison(one, name));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, poison(inner, key)]));
  }
  const isText =
    typeof value === 'string' &&
    !kept.includes(name) &&
    !/(?:_at|since|self|events|cancel|merge)$/.test(name);
  return isText && !['providers', 'type'].includes(name) ? `${value} ${ESCAPES}` : value;
}

const api = makeApi({ clock: systemClock });
const server = createServer(async (request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path === '/v1/jobs/refused') {
    const problem = {
      title: 'No',
      status: 400,
      code: 'invalid_request',
      detail: 'No',
      errors: [{ at: '/q', message: 'no' }],
    };
    response.writeHead(400, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify(poison(problem)));
    return;
  }
  const answer = await api.ask(request.method === 'POST' ? `/v1/jobs/${id}` : path);
  response.writeHead(request.method === 'POST' ? 202 : answer.status, {
    'content-type': 'application/json',
    location: `/v1/jobs/${id}`,
  });
  response.end(JSON.stringify(poison(await answer.json())));
});

let id = '';
beforeAll(async () => {
  const response = await api.submit({ question: 'What is S3?', metadata: { course: 'cloud' } });
  ({ id } = (await response.json()) as { id: string });
  await api.worker.claim(id);
  await api.worker.answer(id, 'openai', '# Objects\n\n- **durable** `code` [docs](https://docs.example/)\n');
  const merged = {
    text: '# S3\n\n| a | b |\n|---|---|\n| **x** | `y` |\n\n```sh\nls\n```\n\n[docs](https://docs.example/)\n',
    language: 'en',
    strategy: 'synthesis' as const,
    merger: 'openai',
    providers: ['openai', 'gemini'],
    agreement: { score: 0.5, method: 'similarity' as const, n: 2 },
    dissent: [{ providers: ['gemini'], claim: 'It stores files.' }],
    fallback_reason: 'gemini: timeout',
  };
  await api.worker.end(id, {
    status: 'succeeded',
    verdict: { considered: ['openai'], filtered: {}, quorumGot: 1, degraded: true, merged },
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function run(args: string[], isTerminal: boolean) {
  const is = { outIsTerminal: isTerminal, errIsTerminal: isTerminal, color: isTerminal };
  const { terminal, written } = fakeTerminal(is);
  const unforeseen = async () => {
    throw new Error('the command asked for what it was not given');
  };
  await runCli(args, {
    terminal,
    clock: systemClock,
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: undefined,
    locale: 'C',
    interrupted: new AbortController().signal,
    readFile: async () => `What is S3? ${ESCAPES.replace(/[\r\n]/g, '')}\n`,
    readStdin: async () => `What is S3? ${ESCAPES}`,
    openServer: unforeseen,
  });
  return written;
}

const COMMANDS = [
  ['ask', '-'],
  ['ask', '-', '--json'],
  ['get', 'ID'],
  ['get', 'ID', '--json'],
  ['watch', 'ID'],
  ['list'],
  ['list', '--json'],
  ['providers'],
  ['providers', '--json'],
  ['get', 'refused'],
  ['get', 'refused', '--json'],
  ['ask', '--file', 'questions.txt'],
  ['ask', '--file', 'questions.txt', '--json'],
  ['ask', `--mode=${ESCAPES.replaceAll('\u0000', '')}`, 'x'],
  ['get', `nobody-${ESCAPES.replaceAll('\u0000', '')}`],
];

describe('what a server says does nothing to the terminal', () => {
  it.each(COMMANDS.map((args) => ({ name: args.join(' ').slice(0, 32), args })))('$name', async (command) => {
    const args = command.args.map((part) => (part === 'ID' ? id : part));
    const pipe = await run(args, false);
    expect(pipe.out + pipe.err, 'the command said nothing').not.toBe('');
    expect(pipe.out).not.toMatch(HARMFUL);
    expect(pipe.err).not.toMatch(HARMFUL);
    const terminal = await run(args, true);
    for (const text of [terminal.out, terminal.err]) {
      expect(withoutOwn(text)).not.toMatch(HARMFUL);
      // Its own sequences move no further than its own lines, and recolor nothing for good.
      for (const sequence of ['[2J', '[H', '[6n', 'c']) expect(text).not.toContain(ESC + sequence);
    }
  });

  it('keeps every character in JSON', async () => {
    const { out } = await run(['get', id, '--json'], false);
    expect(JSON.parse(out).question).toBe(`What is S3? ${ESCAPES}`);
  });
});
