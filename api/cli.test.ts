import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliBench, NO_ANSWER } from './testing/cli-bench.ts';
import { screenOf } from './testing/fake-terminal.ts';

const cli = new CliBench();
const { api } = cli;
const run = cli.run.bind(cli);
const nextJob = cli.nextJob.bind(cli);
beforeAll(() => cli.start());
afterAll(() => cli.close());

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
