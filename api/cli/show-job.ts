import { levelOf } from '../agreement-level.ts';
import type { JobView } from '../client.ts';
import type { Context } from './context.ts';
import { renderMarkdown } from './markdown.ts';
import { cleanText, padEnd, type Style, widthOf, wrap } from './terminal.ts';

type Showing = Pick<Context, 'terminal' | 'paint' | 'words'>;

const LEVEL_STYLES = { high: 'green', middle: 'yellow', low: 'red' } as const;

/** What must be read before the answer. */
function warnings(job: JobView, { say }: Context['words']): { style: Style; text: string }[] {
  return [
    ...(job.simulated ? [{ style: 'yellow' as const, text: say.simulated.job }] : []),
    ...(job.degraded
      ? [
          {
            style: ['bold', 'yellow'] as const satisfies Style,
            text: say.job.degraded(job.quorum.got, job.quorum.required),
          },
        ]
      : []),
  ];
}

function agreementOf({ agreement }: JobView, { paint, words: { say, format } }: Showing): string {
  if (!agreement) return say.agreement.none;
  const { score, n, method } = agreement;
  const level = levelOf(score);
  const share = paint(LEVEL_STYLES[level], format.percent(score));
  return `${share} · ${say.agreement.sentence[level](n)} ${say.agreement.how[method] ?? ''}`.trim();
}

function costOf({ ledger }: JobView, { say, format, own }: Context['words']): string {
  const calls = own.calls(ledger.calls.length);
  if (ledger.spent_usd === null) return `${say.cost.unknown} (${calls})`;
  if (ledger.calls.length === 0) return say.cost.nothing;
  const unpriced = ledger.unpriced_calls > 0 ? `. ${say.cost.unpriced(ledger.unpriced_calls)}` : '';
  return `${format.usd(ledger.spent_usd)} (${calls})${unpriced}`;
}

function mergedBy({ aggregator, cached_from }: JobView, { say, format }: Context['words']): string[] {
  if (cached_from) return [say.job.cached];
  if (!aggregator) return [];
  const { merger, providers, strategy, fallback_reason } = aggregator;
  const from = format.list(providers);
  const by =
    merger && strategy === 'synthesis' ? say.job.by.synthesis(merger, from) : say.job.by.consensus(from);
  return [fallback_reason ? `${by} ${say.job.fallback(fallback_reason)}` : by];
}

/** The facts about an answer, label by label. */
function facts(job: JobView, showing: Showing): [label: string, text: string][] {
  const { labels } = showing.words.own;
  return [
    ...(job.answer ? [[labels.agreement, agreementOf(job, showing)] as [string, string]] : []),
    ...job.dissent.map(({ providers, claim }): [string, string] => [
      labels.dissent,
      `${showing.words.format.list(providers)}: ${cleanText(claim).replace(/\s+/g, ' ')}`,
    ]),
    ...mergedBy(job, showing.words).map((text): [string, string] => [labels.by, cleanText(text)]),
    [labels.cost, costOf(job, showing.words)],
    [labels.job, job.id],
  ];
}

function factLines(job: JobView, showing: Showing): string[] {
  const { terminal, paint } = showing;
  const rows = facts(job, showing);
  const width = Math.max(...rows.map(([label]) => widthOf(label)));
  return rows.flatMap(([label, text], index) => {
    const shown = rows[index - 1]?.[0] === label ? '' : label;
    const room = terminal.outIsTerminal ? columnsOf(terminal) - width - 2 : Number.POSITIVE_INFINITY;
    return wrap(text, room).map((line, number) => {
      const head = paint('dim', number === 0 ? shown : '');
      return `${padEnd(head, width)}  ${line}`.trimEnd();
    });
  });
}

/** A line longer than this is hard to read, however wide the window. */
function columnsOf({ columns }: Context['terminal']): number {
  return Math.min(columns, 100);
}

function failureOf({ error, status }: JobView, { say }: Context['words']): string {
  return error ? say.job.error[error.code] : say.job.status[status];
}

/** A job's answer, or why there is none, and what there is to know about it. A pipe gets the Markdown as it is. */
export function showJob(job: JobView, showing: Showing): void {
  const { terminal, paint, words } = showing;
  const columns = columnsOf(terminal);
  const blocks = warnings(job, words).map(({ style, text }) =>
    terminal.outIsTerminal ? wrap(paint(style, text), columns).join('\n') : `> ${text}`,
  );
  if (job.answer) {
    const text = cleanText(job.answer.text).trim();
    blocks.push(terminal.outIsTerminal ? renderMarkdown(text, { columns, paint }) : text);
  } else {
    blocks.push(paint(job.done ? ['bold', 'red'] : 'bold', failureOf(job, words)));
  }
  blocks.push(factLines(job, showing).join('\n'));
  terminal.out(`${blocks.join('\n\n')}\n`);
}
