import { expect, it } from 'vitest';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { framesOf } from './frames.ts';
import { recordTerminal } from './record-terminal.ts';
import { joinPieces } from './recording.ts';

/** script(1) of other systems takes other options. */
it.runIf(process.platform === 'linux')(
  'records what a command writes to a real terminal, and when',
  async () => {
    const recording = await recordTerminal(systemClock, {
      command: 'test -t 1 && stty size && sleep 0.3 && printf "é\\n"',
      columns: 61,
      rows: 17,
      folder: import.meta.dirname,
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
    });
    expect(recording).toMatchObject({ columns: 61, rows: 17 });
    const frames = framesOf({ ...recording, pieces: joinPieces(recording.pieces, 0) });
    const screenAt = (index: number) =>
      frames.at(index)?.lines.map((runs) => runs.map(({ text }) => text).join(''));
    expect(screenAt(-1)).toEqual([`$ ${recording.title}`, '17 61', 'é', '$ ']);
    const atOf = (text: string) => recording.pieces.find((piece) => piece.text.includes(text))?.atMs ?? 0;
    expect(atOf('é\r\n') - atOf('17 61')).toBeGreaterThanOrEqual(250);
    expect(recording.pieces[0]).toEqual({ atMs: 0, text: '$ ' });
  },
);

it.runIf(process.platform === 'linux')('says how a terminal ended that should not have', async () => {
  const session = { columns: 80, rows: 24, folder: import.meta.dirname, env: { PATH: process.env.PATH } };
  await expect(recordTerminal(systemClock, { ...session, command: 'exit 3' })).rejects.toMatchObject({
    message: expect.stringContaining('no prompt comes after $ exit 3'),
    cause: new Error('the terminal ended with 3'),
  });
});
