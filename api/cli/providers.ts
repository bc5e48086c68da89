import type { ProvidersView } from '../client.ts';
import { type Context, printJson } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { printTable } from './table.ts';

type Provider = ProvidersView['providers'][number];

/** As the worker sees it that was heard of last. */
function rowOf(
  { id, model, simulated, workers }: Provider,
  { own, say, format }: Context['words'],
): string[] {
  const name = simulated ? `${model} (${say.simulated.mark})` : model;
  const [seen] = workers.toSorted((a, b) => a.age_ms - b.age_ms);
  if (!seen) return [id, name, own.noWorker, '', ''];
  const { breaker, latency_ms, error_ratio } = seen;
  const reason = breaker.reason ? ` (${breaker.reason})` : '';
  return [
    id,
    name,
    own.breaker[breaker.state] + reason,
    latency_ms ? `${format.duration(latency_ms.p50)} / ${format.duration(latency_ms.p95)}` : '–',
    error_ratio === null ? '–' : format.percent(error_ratio),
  ];
}

/** Shows whom the server asks, and how they do. */
export async function providers(context: Context): Promise<ExitCode> {
  const view = await context.client.providers({ signal: context.interrupted });
  if (context.json) {
    printJson(context, view);
    return EXIT.ok;
  }
  const { columns } = context.words.own;
  printTable(
    context,
    [columns.provider, columns.model, columns.state, columns.latency, columns.errors],
    view.providers.map((provider) => rowOf(provider, context.words)),
  );
  return EXIT.ok;
}
