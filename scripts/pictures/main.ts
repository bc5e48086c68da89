import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '../../api/client.ts';
import { derivePanel } from '../../local/panel.ts';
import { startSupervisor } from '../../local/supervisor.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { EnvReader } from '../../shared/config/env-reader.ts';
import { drawFilm } from './film-svg.ts';
import { framesOf } from './frames.ts';
import { type ColorScheme, photographJob } from './photograph-page.ts';
import { recordTerminal } from './record-terminal.ts';
import { joinPieces, limitIdle, toAsciicast } from './recording.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'docs/pictures');
const QUESTION = 'What is a VPC endpoint?';
const COMMAND = `npm run --silent ask -- "${QUESTION}"`;
const SCREEN = { columns: 80, rows: 24 };
const APART_MS = 25;
const IDLE_MS = 1000;
const PAUSE_MS = 6000;
const MAX_BYTES = 200_000;
const MAX_FILM_BYTES = 100_000;
/** Some time to watch: models take longer than what answers in their place. */
const SIMULATED = JSON.stringify({ latency_ms: { min: 600, max: 2400 } });
const SCHEMES: readonly ColorScheme[] = ['light', 'dark'];

async function keep(name: string, content: string | Buffer, mostBytes = MAX_BYTES): Promise<void> {
  const bytes = Buffer.byteLength(content);
  if (bytes > mostBytes) throw new Error(`${name} has ${bytes} bytes and may have ${mostBytes}`);
  await writeFile(join(FOLDER, name), content);
  process.stdout.write(`docs/pictures/${name}  ${bytes} bytes\n`);
}

/** A person types the command into a shell while `npm start` runs elsewhere; what the shell has of its own is left out. */
async function filmAsk(address: string): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'iscoolgpt-'));
  try {
    const env = { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', ISCOOLGPT_SERVER: address };
    const recording = await recordTerminal(systemClock, { command: COMMAND, ...SCREEN, folder: ROOT, env });
    await keep('ask.cast', toAsciicast(recording, IDLE_MS));
    const pieces = limitIdle(joinPieces(recording.pieces, APART_MS), IDLE_MS);
    const look = { columns: SCREEN.columns, title: `${COMMAND} in a terminal`, pauseMs: PAUSE_MS };
    await keep('ask.svg', drawFilm(framesOf({ ...recording, pieces }), look), MAX_FILM_BYTES);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** On simulated providers, whatever keys there are: a picture must cost nothing and show nobody's account. */
const env = { PATH: process.env.PATH, SIMULATED };
const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(chromiumPath)) throw new Error(`there is no Chromium at ${chromiumPath}: set CHROMIUM`);

await mkdir(FOLDER, { recursive: true });
const stack = await startSupervisor({ env, panel: derivePanel(new EnvReader(env)), port: 0 });
try {
  await filmAsk(stack.address);
  const client = createClient({ baseUrl: stack.address });
  const { id } = await client.submit({ question: QUESTION, mode: 'thorough', cache: false });
  await client.wait(id);
  const pictures = await photographJob(chromiumPath, `${stack.address}/jobs/${id}`, SCHEMES);
  for (const [scheme, png] of pictures) await keep(`job-${scheme}.png`, png);
} finally {
  await stack.stop('the pictures are taken');
}
