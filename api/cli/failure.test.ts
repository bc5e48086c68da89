import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { ConfigError } from '../../shared/config/env-reader.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { EXIT_CONFIG, ExitError } from '../../shared/run-service.ts';
import { startServer } from '../server.ts';
import { CliBench } from '../testing/cli-bench.ts';

const cli = new CliBench();
const { api } = cli;
const run = cli.run.bind(cli);
beforeAll(() => cli.start());
afterAll(() => cli.close());

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
      nextTurn: systemClock.nextTurn,
      after: systemClock.after,
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
