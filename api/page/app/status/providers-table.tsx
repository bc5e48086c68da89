import type { JSX } from 'preact';
import type { ProvidersView } from '../../../client.ts';
import { useSurroundings } from '../surroundings.ts';
import { Scroller } from '../ui/scroller.tsx';

type Provider = ProvidersView['providers'][number];
type Report = Provider['workers'][number];

function Name({ provider }: { provider: Provider }): JSX.Element {
  const { say } = useSurroundings();
  return (
    <th scope="row">
      {provider.id} {provider.simulated && <span class="mark">{say.simulated.mark}</span>}
      <span class="muted model">{provider.model}</span>
    </th>
  );
}

function ReportRow({ provider, report }: { provider: Provider; report: Report }): JSX.Element {
  const { say, format } = useSurroundings();
  const { breaker, limiter, latency_ms: latency, error_ratio: errorRatio } = report;
  return (
    <tr>
      <Name provider={provider} />
      <td>
        <code>{report.worker.slice(0, 8)}</code>
      </td>
      <td>
        <span class="badge" data-state={breaker.state}>
          {say.status.breaker[breaker.state]}
        </span>{' '}
        <span class="muted" lang="en">
          {breaker.reason}
        </span>
      </td>
      <td>{say.status.limiter(limiter.active, Math.round(limiter.concurrency), limiter.waiting)}</td>
      <td class="align-right">{errorRatio === null ? '–' : format.percent(errorRatio)}</td>
      <td class="align-right">{latency ? format.duration(latency.p50) : say.status.noCalls}</td>
      <td class="align-right">{latency ? format.duration(latency.p95) : '–'}</td>
      <td class="align-right">{say.status.ago(format.duration(report.age_ms))}</td>
    </tr>
  );
}

function SilentRow({ provider, columns }: { provider: Provider; columns: number }): JSX.Element {
  const { say } = useSurroundings();
  return (
    <tr>
      <Name provider={provider} />
      <td colSpan={columns - 1} class="muted">
        {say.status.noReport}
      </td>
    </tr>
  );
}

/** A row for each provider and worker: breakers and limiters are each worker's own. */
export function ProvidersTable({ providers }: { providers: Provider[] }): JSX.Element {
  const { say } = useSurroundings();
  const { errors, p50, p95, seen, ...left } = say.status.columns;
  const columns = [...Object.values(left), errors, p50, p95, seen];
  return (
    <section aria-labelledby="providers-title">
      <h2 id="providers-title">{say.status.providers}</h2>
      <p class="muted">{say.status.providersLead}</p>
      <Scroller label={say.status.providers}>
        <table>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th key={column} scope="col" class={index > 3 ? 'align-right' : undefined}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {providers.map((provider) =>
              provider.workers.length === 0 ? (
                <SilentRow key={provider.id} provider={provider} columns={columns.length} />
              ) : (
                provider.workers.map((report) => (
                  <ReportRow key={`${provider.id} ${report.worker}`} provider={provider} report={report} />
                ))
              ),
            )}
          </tbody>
        </table>
      </Scroller>
    </section>
  );
}
