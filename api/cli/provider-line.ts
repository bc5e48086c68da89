import type { JobView, ProviderView } from '../client.ts';
import type { Context } from './context.ts';
import { cleanText, padEnd, type Style, shorten, widthOf } from './terminal.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

const MARKS: Record<ProviderView['state'], { mark: string; style: Style }> = {
  pending: { mark: '·', style: 'dim' },
  running: { mark: '', style: 'cyan' },
  waiting: { mark: '…', style: 'yellow' },
  answered: { mark: '✓', style: 'green' },
  late: { mark: '✓', style: 'dim' },
  failed: { mark: '✗', style: 'red' },
  skipped: { mark: '-', style: 'dim' },
  outcome_unknown: { mark: '?', style: 'yellow' },
};

export function spinner(nowMs: number): string {
  return FRAMES[Math.floor(nowMs / 100) % FRAMES.length] ?? '';
}

/** How long its call takes so far, or took. */
function tookMs(job: JobView, { id, state, latency_ms }: ProviderView, nowMs: number): number | undefined {
  if (state !== 'running') return latency_ms ?? undefined;
  const call = job.ledger.calls.findLast((line) => line.provider === id && line.outcome === 'running');
  return call && Math.max(0, nowMs - Date.parse(call.started_at));
}

/** What there is to say of a provider, in a few words. */
export function describeProvider(
  provider: ProviderView,
  { words: { say, format } }: Pick<Context, 'words'>,
  nowMs: number,
): string {
  const { state, error, filtered, next_attempt_at, attempts } = provider;
  if (filtered) return say.provider.filtered[filtered.reason] ?? say.provider.filteredOther(filtered.reason);
  const parts = [error ? say.provider.error[error.code] : say.provider.state[state]];
  if (state === 'waiting' && next_attempt_at) {
    parts.push(say.provider.retryIn(format.duration(Date.parse(next_attempt_at) - nowMs)));
  }
  if (attempts > 1) parts.push(say.provider.attempts(attempts));
  return parts.join(', ');
}

/** One line for each provider, none wider than the terminal: a line that breaks could not be redrawn. */
export function providerLines(job: JobView, context: Omit<Context, 'client'>, nowMs: number): string[] {
  const { terminal, paint, words } = context;
  const columns = Math.min(terminal.columns, 100) - 1;
  const idWidth = Math.min(20, Math.max(...job.providers.map(({ id }) => widthOf(id))));
  const modelWidth = Math.min(
    terminal.columns < 100 ? 20 : 28,
    Math.max(...job.providers.map(({ model }) => widthOf(cleanText(model)))),
  );
  return job.providers.map((provider) => {
    const { mark, style } = MARKS[provider.state];
    const ms = tookMs(job, provider, nowMs);
    const took = padEnd(ms === undefined ? '' : words.format.duration(ms), 7);
    const id = padEnd(shorten(provider.id, idWidth), idWidth);
    const model = padEnd(shorten(cleanText(provider.model), modelWidth), modelWidth);
    const used = 2 + 2 + idWidth + 2 + modelWidth + 2 + 7 + 2;
    const state = shorten(describeProvider(provider, context, nowMs), Math.max(8, columns - used));
    const sign = paint(style, mark || spinner(nowMs));
    return `  ${sign} ${id}  ${paint('dim', model)}  ${took}  ${paint(style, state)}`.trimEnd();
  });
}
