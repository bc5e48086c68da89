import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from '../../api/client.ts';
import { derivePanel } from '../../local/panel.ts';
import { startSupervisor } from '../../local/supervisor.ts';
import { EnvReader } from '../../shared/config/env-reader.ts';
import { type ColorScheme, photographJob } from './photograph-page.ts';
import { recordAsk } from './record-terminal.ts';
import { readScreen } from './screen.ts';
import { drawTerminal } from './terminal-svg.ts';

const FOLDER = join(import.meta.dirname, '../../docs/pictures');
const TERMINAL_QUESTION = 'What is a Lambda cold start?';
const PAGE_QUESTION = 'What is a VPC endpoint?';
const COLUMNS = 90;
const MAX_BYTES = 200_000;
const SCHEMES: readonly ColorScheme[] = ['light', 'dark'];

async function keep(name: string, content: string | Buffer): Promise<void> {
  const bytes = Buffer.byteLength(content);
  if (bytes > MAX_BYTES) throw new Error(`${name} has ${bytes} bytes and may have ${MAX_BYTES}`);
  await writeFile(join(FOLDER, name), content);
  process.stdout.write(`docs/pictures/${name}  ${bytes} bytes\n`);
}

/** On simulated providers, whatever keys there are: a picture must cost nothing and show nobody's account. */
const env = { PATH: process.env.PATH };
const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(chromiumPath)) throw new Error(`there is no Chromium at ${chromiumPath}: set CHROMIUM`);

await mkdir(FOLDER, { recursive: true });
const stack = await startSupervisor({ env, panel: derivePanel(new EnvReader(env)), port: 0 });
try {
  const written = await recordAsk(stack.address, TERMINAL_QUESTION, COLUMNS);
  const title = `iscoolgpt ask "${TERMINAL_QUESTION}" in a terminal`;
  await keep('ask.svg', drawTerminal(readScreen(written), { columns: COLUMNS, title }));

  const client = createClient({ baseUrl: stack.address });
  const { id } = await client.submit({ question: PAGE_QUESTION, mode: 'thorough', cache: false });
  await client.wait(id);
  const pictures = await photographJob(chromiumPath, `${stack.address}/jobs/${id}`, SCHEMES);
  for (const [scheme, png] of pictures) await keep(`job-${scheme}.png`, png);
} finally {
  await stack.stop('the pictures are taken');
}
