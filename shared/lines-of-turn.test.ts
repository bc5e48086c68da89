import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { LinesOfTurn } from './lines-of-turn.ts';

const LOG = join(import.meta.dirname, 'log.ts');

it('writes the lines of a turn at once, in order, and those of the next by themselves', async () => {
  const written: string[] = [];
  const lines = new LinesOfTurn({ write: (text) => void written.push(text) });
  lines.write('one\n');
  await Promise.resolve();
  lines.write('two\n');
  expect(written).toEqual([]);
  await nextTurn();
  expect(written).toEqual(['one\ntwo\n']);
  lines.write('three\n');
  await nextTurn();
  await nextTurn();
  expect(written).toEqual(['one\ntwo\n', 'three\n']);
});

it.each([
  ['exits', 'process.exit(3);'],
  ['fails', 'throw new Error("unforeseen");'],
  ['has nothing more to do', ''],
])('writes the last words of a process that %s', async (_, end) => {
  const script = `
    import { createLog } from ${JSON.stringify(LOG)};
    const log = createLog('service', 'info');
    process.on('exit', () => log.info('gone'));
    log.info('last words');
    ${end}
  `;
  const service = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = (await text(service.stdout)).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['last words', 'gone']);
});
