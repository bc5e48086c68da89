import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { useSurroundings } from '../surroundings.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { useTitle } from '../ui/use-title.ts';
import { HourPlot } from './hour-plot.tsx';
import { OwnJobs } from './own-jobs.tsx';
import { ProvidersTable } from './providers-table.tsx';
import { Tiles } from './tiles.tsx';
import { usePolling } from './use-polling.ts';

const EVERY_MS = 5000;

/** How the service is, renewed by itself. */
export function StatusPage(): JSX.Element {
  const { say, client, format } = useSurroundings();
  useTitle(say.status.title);
  const look = useCallback(
    async (signal: AbortSignal) => {
      const [status, panel] = await Promise.all([client.status({ signal }), client.providers({ signal })]);
      return { status, panel };
    },
    [client],
  );
  const { value, failure } = usePolling(look, EVERY_MS);
  return (
    <>
      <h1 tabIndex={-1}>{say.status.title}</h1>
      <p class="lead">{value ? say.status.updated(format.time(value.status.at)) : say.status.loading}</p>
      {failure !== undefined && <FailureNotice failure={failure} />}
      {value && (
        <>
          {value.panel.workers.length === 0 && (
            <p class="notice" data-kind="warn">
              {say.status.noWorkers}
            </p>
          )}
          <Tiles status={value.status} workers={value.panel.workers} />
          <ProvidersTable providers={value.panel.providers} />
          <OwnJobs own={value.status.own_jobs} />
          <HourPlot minutes={value.status.own_jobs.last_hour} />
        </>
      )}
    </>
  );
}
