import { type Context, printJson } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Command } from './parse-args.ts';
import { printTable } from './table.ts';

/** Shows a page of the own jobs, newest first. */
export async function list(
  context: Context,
  { status, cursor, limit }: Extract<Command, { name: 'list' }>,
): Promise<ExitCode> {
  const { client, terminal, clock, interrupted } = context;
  const { own, say, format } = context.words;
  const page = await client.list({ status, cursor, limit }, { signal: interrupted });
  if (context.json) {
    printJson(context, page);
    return EXIT.ok;
  }
  const { columns } = own;
  const rows = page.jobs.map((job) => [
    job.id,
    say.job.status[job.status],
    format.dateTime(job.created_at, clock.now()),
    job.question,
  ]);
  if (rows.length === 0) terminal.err(`${own.nothing}\n`);
  else printTable(context, [columns.id, columns.status, columns.asked, columns.question], rows);
  if (page.next_cursor) terminal.err(`${own.nextPage(page.next_cursor)}\n`);
  return EXIT.ok;
}
