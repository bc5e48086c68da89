import { EXIT } from '../../api/cli/exit-codes.ts';
import { runCli } from '../../api/cli.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';

/** What `iscoolgpt ask` writes to a terminal of so many columns, the prompt before it. Throws where it fails. */
export async function recordAsk(server: string, question: string, columns: number): Promise<string> {
  let written = `$ iscoolgpt ask "${question}"\n`;
  const write = (text: string) => {
    written += text;
  };
  const exitCode = await runCli(['ask', question], {
    terminal: { out: write, err: write, outIsTerminal: true, errIsTerminal: true, columns, color: true },
    clock: systemClock,
    server,
    key: undefined,
    locale: 'en_US.UTF-8',
    interrupted: new AbortController().signal,
    readFile: () => Promise.reject(new Error('no file is read')),
    readStdin: () => Promise.reject(new Error('no input is read')),
    openServer: () => Promise.reject(new Error('the server is given')),
  });
  if (exitCode !== EXIT.ok) throw new Error(`iscoolgpt ask ended with ${exitCode}:\n${written}`);
  return written;
}
