import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../shared/adapters/system/system-clock.ts';
import { ConfigError } from '../shared/config/env-reader.ts';
import { parseJobMessage } from '../shared/contract/message.ts';
import type { Clock } from '../shared/ports/clock.ts';
import { EXIT_CONFIG, ExitError } from '../shared/run-service.ts';
import type { Terminal } from './cli/terminal.ts';
import { type CliSurroundings, runCli } from './cli.ts';
import { type RunningServer, startServer } from './server.ts';
import { ALICE, makeApi } from './testing/api-fixture.ts';
import { fakeTerminal, screenOf } from './testing/fake-terminal.ts';

let api: ReturnType<typeof makeApi<Clock>>;
let server: RunningServer;
beforeAll(async () => {
  api = makeApi<Clock>({ clock: systemClock });
  server = await startServer(api, '127.0.0.1', 0);
});
afterAll(() => server.close(100));

const NO_ANSWER = { code: 'no_usable_answer' as const, message: 'None answered.', retryable: true };

/** The id of the next job that was sent to the workers. */
async function nextJob(): Promise<string> {
  const [message] = await api.memoryQueue.receive(1, 5, 60);
  const parsed = parseJobMessage(message?.body ?? '');
  if (!parsed.ok) throw new Error(`no job was sent: ${parsed.reason}`);
  return parsed.message.jobId;
}

interface Running {
  exit: Promise<number>;
  written: { out: string; err: string };
  interrupt: () => void;
}

function run(args: string[], options: Partial<CliSurroundings> & { is?: Partial<Terminal> } = {}): Running {
  const { is, ...around } = options;
  const { terminal, written } = fakeTerminal(is);
  const interrupted = new AbortController();
  const exit = runCli(args, {
    terminal,
    clock: systemClock,
    server: `http://${server.host}:${server.port}`,
    key: ALICE,
    locale: 'C',
    interrupted: interrupted.signal,
    readFile: async (path) => {
      throw new Error(`no such file: ${path}`);
    },
    readStdin: async () => '',
    openServer: async () => {
      throw new Error('a server was named');
    },
    ...around,
  });
  return { exit, written, interrupt: () => interrupted.abort(new Error('Ctrl-C')) };
}

describe('ask', () => {
  it('says in a pipe what happens on stderr, and the answer as Markdown on stdout', async () => {
    const { exit, written } = run(['ask', 'What', 'is', 'S3?', '--mode', 'thorough', '--no-cache']);
    const job = await api.worker.succeed(await nextJob(), 'An **object** store.');
    expect(job).toMatchObject({ question: 'What is S3?', mode: 'thorough' });
    expect(job).not.toHaveProperty('cache_hash');
    expect(await exit).toBe(0);
    expect(written.out).toContain('An **object** store.\n');
    expect(written.out).toMatch(/^Agreement +90% · The 3 answers back this well\./m);
    expect(written.out).toMatch(/^Cost +\$0\.003 \(3 calls\)$/m);
    expect(written.out).toMatch(new RegExp(`^Job +${job.id}$`, 'm'));
    expect(written.err).toContain('openai: answered (0.8 s)\n');
    expect(written.out + written.err).not.toContain('\u001b');
  });

  it('draws its progress in place on a terminal, and renders the answer', async () => {
    const is = { outIsTerminal: true, errIsTerminal: true, color: true };
    const { exit, written } = run(['ask', 'What is EC2?', '--no-cache'], { is });
    const id = await nextJob();
    await api.worker.claim(id);
    await api.worker.answer(id, 'gemini', 'A machine.');
    await expect.poll(() => screenOf(written.err)).toMatch(/✓ gemini/);
    expect(screenOf(written.err)).toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] openai +gpt-5-mini +\d\.\d s +answering/);
    await api.worker.end(id, { status: 'failed', error: NO_ANSWER });
    expect(await exit).toBe(1);
    const screen = screenOf(written.err);
    expect(screen.match(/gemini-2\.5-flash/g)).toHaveLength(1);
    expect(screen).not.toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/);
    expect(screenOf(written.out)).toContain('No provider gave an answer that could be used.');
  });

  it('gives one JSON object, and nothing else', async () => {
    const { exit, written } = run(['ask', '-', '--json'], { readStdin: async () => 'What is IAM?\n' });
    await api.worker.succeed(await nextJob());
    expect(await exit).toBe(0);
    expect(JSON.parse(written.out)).toMatchObject({ question: 'What is IAM?', status: 'succeeded' });
    expect(written.err).toBe('');
  });

  it('puts what must be known before the answer', async () => {
    const { exit, written } = run(['ask', 'What is RDS?', '--no-cache', '--providers', 'openai,simulated-c']);
    await api.worker.succeed(await nextJob(), 'A database.', true);
    expect(await exit).toBe(3);
    const order = ['Simulated', 'Less than was asked for', 'A database.', 'Agreement'];
    const places = order.map((words) => written.out.indexOf(words));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('keeps what a model says from ruling the terminal', async () => {
    const { exit, written } = run(['ask', 'What is a trick?', '--no-cache'], { is: { outIsTerminal: true } });
    await api.worker.succeed(await nextJob(), 'Nice \u001b[2J\u001b]0;owned\u0007\u202etext\u0008.');
    await exit;
    expect(written.out).toContain('Nice text.');
    expect(written.out).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  });

  it('cancels the job on Ctrl-C and says so', async () => {
    const { exit, written, interrupt } = run(['ask', 'What is a loop?', '--no-cache']);
    const id = await nextJob();
    await api.worker.claim(id);
    await expect.poll(() => written.err).toContain('answering');
    interrupt();
    await expect.poll(async () => (await api.memoryStore.getJob(id))?.status).toBe('canceling');
    await api.worker.end(id, { status: 'canceled' });
    expect(await exit).toBe(130);
    expect(written.err).toContain(`Canceling job ${id}…\n`);
    expect(written.err).toContain(`Canceled job ${id}.\n`);
  });

  it('speaks Portuguese where the question or the locale does', async () => {
    const asked = run(['ask', 'O que é um bucket do S3?', '--no-cache']);
    await api.worker.succeed(await nextJob(), 'Um lugar para objetos.');
    await asked.exit;
    expect(asked.written.out).toContain('Concordância');
    const help = run(['--help'], { locale: 'pt_BR.UTF-8' });
    await help.exit;
    expect(help.written.out).toContain('Códigos de saída');
  });

  it('ends with 4 where the deadline passed', async () => {
    const { exit, written } = run(['ask', 'What is late?', '--no-cache']);
    const id = await nextJob();
    await api.worker.end(id, {
      status: 'expired',
      error: { code: 'expired', message: 'Too late.', retryable: true },
    });
    expect(await exit).toBe(4);
    expect(written.out).toContain('The deadline passed before a worker took the job.');
  });
});

describe('what goes wrong', () => {
  it.each([
    [['ask'], 2, 'iscoolgpt ask "…"'],
    [['ask', 'x', '--mode', 'slow'], 2, '--mode slow: fast, balanced, thorough'],
    [['ask', 'x', '--nonsense'], 2, "Unknown option '--nonsense'"],
    [['get'], 2, 'iscoolgpt get <id>'],
    [['list', '--mode', 'fast'], 2, 'iscoolgpt list --mode?'],
    [['tell', 'me'], 2, 'iscoolgpt ask "tell …"'],
    [['ask', '--file', 'none.txt'], 2, 'no such file: none.txt'],
    [['get', '0'.repeat(32)], 5, 'There is no such job'],
    [['ask', 'x', '--deadline', '1'], 5, '/deadline_seconds:'],
    [['list', '--key', 'wrong'], 5, 'asks for an API key'],
  ])('%j ends with %i', async (args, code, message) => {
    const { exit, written } = run(args);
    expect(await exit).toBe(code);
    expect(written.err).toContain(message);
    expect(written.out).toBe('');
  });

  it('says it as JSON where JSON is asked for', async () => {
    const { exit, written } = run(['get', '0'.repeat(32), '--json']);
    expect(await exit).toBe(5);
    expect(JSON.parse(written.out)).toMatchObject({ error: { code: 'not_found' } });
    expect(written.err).toBe('');
  });

  it.each([
    [new ExitError(1, '127.0.0.1:8080 is taken'), 6, 'no_server', '127.0.0.1:8080 is taken'],
    [new ExitError(EXIT_CONFIG, 'the API cannot run'), 2, 'configuration', 'the API cannot run'],
    [
      new ConfigError([{ name: 'PANEL', problem: 'must be JSON' }]),
      2,
      'configuration',
      'PANEL: must be JSON',
    ],
  ])('says why it cannot start a server: %s', async (error, code, name, message) => {
    const around = { server: undefined, openServer: () => Promise.reject(error) };
    const [plain, json] = [run(['list'], around), run(['list', '--json'], around)];
    expect(await plain.exit).toBe(code);
    expect(plain.written).toEqual({ out: '', err: expect.stringContaining(message) });
    expect(await json.exit).toBe(code);
    expect(json.written.err).toBe('');
    expect(JSON.parse(json.written.out)).toEqual({
      error: { code: name, message: expect.stringContaining(message) },
    });
  });

  it('gives up on a server that is not there', async () => {
    const gone = await startServer(api, '127.0.0.1', 0);
    await gone.close(0);
    let elapsedMs = 0;
    const hasty: Clock = {
      now: systemClock.now,
      monotonic: () => elapsedMs,
      sleep: async (ms) => {
        elapsedMs += ms;
      },
    };
    const { exit, written } = run(['list'], { server: `http://127.0.0.1:${gone.port}`, clock: hasty });
    expect(await exit).toBe(6);
    expect(written.err).toContain('cannot be reached: ECONNREFUSED');
    expect(elapsedMs).toBeGreaterThan(60_000);
  });
});

describe('a file of questions', () => {
  const FILE = 'What is one?\n\n{"question":"What is two?","mode":"fast"}\n"What is one?"\n';

  it('is answered in its order, and asked once however often it is run', async () => {
    const options = { readFile: async () => FILE };
    const first = run(['ask', '--file', 'f.txt', '--concurrency', '3', '--no-cache'], options);
    const ids = [await nextJob(), await nextJob(), await nextJob()];
    for (const id of ids.toReversed()) {
      const job = await api.memoryStore.getJob(id);
      if (job?.question === 'What is two?') {
        await api.worker.end(id, { status: 'failed', error: NO_ANSWER });
      } else await api.worker.succeed(id, `Answer ${id}.`);
    }
    expect(await first.exit).toBe(1);
    expect(first.written.out.match(/^## .*$/gm)).toEqual([
      '## 1. What is one?',
      '## 3. What is two?',
      '## 4. What is one?',
    ]);
    expect(first.written.err).toContain('2 answered (0 degraded), 1 not');

    const second = run(['ask', '--file', 'f.txt', '--no-cache', '--json'], options);
    const again = await nextJob();
    expect(ids).not.toContain(again);
    await api.worker.succeed(again, 'At last.');
    expect(await second.exit).toBe(0);
    const { results } = JSON.parse(second.written.out);
    expect(results.map(({ line }: { line: number }) => line)).toEqual([1, 3, 4]);
    expect(results[1].job).toMatchObject({ id: again, mode: 'fast', status: 'succeeded' });
    expect(ids).toEqual(expect.arrayContaining([results[0].job.id, results[2].job.id]));
    expect(second.written.err).toBe('');
  });

  it('names the line that cannot be read', async () => {
    const { exit, written } = run(['ask', '--file', '-'], { readStdin: async () => 'fine\n{"q":1}\n' });
    expect(await exit).toBe(2);
    expect(written.err).toContain('line 2: JSON without "question"');
  });

  it('stops at Ctrl-C, and cancels what runs', async () => {
    const lines = 'What is red?\nWhat is green?\n';
    const { exit, interrupt } = run(['ask', '--file', '-', '--concurrency', '1', '--no-cache'], {
      readStdin: async () => lines,
    });
    const id = await nextJob();
    interrupt();
    expect(await exit).toBe(130);
    expect((await api.memoryStore.getJob(id))?.status).toBe('canceled');
    expect((await api.memoryQueue.depth()).visible).toBe(0);
  });
});

describe('jobs', () => {
  it('shows, watches, lists and cancels them', async () => {
    const asking = run(['ask', 'What is a job?', '--no-cache', '--json']);
    const id = await nextJob();
    const watching = run(['watch', id]);
    await expect.poll(() => watching.written.err).toContain('Waiting for a worker');
    watching.interrupt();
    expect(await watching.exit).toBe(130);
    expect(watching.written.err).toContain(`job ${id} runs on`);
    await api.worker.succeed(id, 'Work.');
    await asking.exit;
    const got = run(['get', id]);
    expect(await got.exit).toBe(0);
    expect(got.written.out).toContain('Work.');
    const listed = run(['list', '--limit', '1', '--status', 'succeeded']);
    await listed.exit;
    expect(listed.written.out.split('\t').slice(0, 2)).toEqual([id, 'Answered']);
    const canceled = run(['cancel', id]);
    expect(await canceled.exit).toBe(0);
    expect(canceled.written.err).toContain(`Job ${id} had already ended.`);
  });

  it('shows who gave no answer, and why, where there is none', async () => {
    const id = ((await (await api.submit()).json()) as { id: string }).id;
    await api.worker.claim(id);
    await api.worker.answer(id, 'gemini', 'I cannot.');
    const filtered = { gemini: 'refusal' };
    const verdict = { considered: ['gemini'], filtered, quorumGot: 0, degraded: true };
    await api.worker.end(id, { status: 'failed', error: NO_ANSWER, verdict });
    const { exit, written } = run(['get', id], { is: { outIsTerminal: true } });
    expect(await exit).toBe(1);
    expect(written.out).toMatch(/^ {2}\S gemini +gemini-2\.5-flash .*not merged/m);
    expect(written.out).toContain('No provider gave an answer that could be used.');
    expect(written.out).not.toContain('Less than was asked for');
    await nextJob();
  });

  it('shows the panel', async () => {
    const { exit, written } = run(['providers'], { is: { outIsTerminal: true } });
    expect(await exit).toBe(0);
    expect(written.out.split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(/^PROVIDER +MODEL +STATE/),
      expect.stringMatching(/^openai +gpt-5-mini +no worker/),
    ]);
  });
});
