import type { ComponentChildren, JSX } from 'preact';
import type { ProvidersView, StatusView } from '../../../client.ts';
import { useSurroundings } from '../surroundings.ts';

interface TileProps {
  label: string;
  value: ComponentChildren;
  more: string;
  bad?: boolean;
}

function Tile({ label, value, more, bad = false }: TileProps): JSX.Element {
  return (
    <div class="tile" data-bad={bad || undefined}>
      <dt>{label}</dt>
      <dd class="tile-value">{value}</dd>
      <dd class="muted">{more}</dd>
    </div>
  );
}

interface TilesProps {
  status: StatusView;
  workers: ProvidersView['workers'];
}

function OpenTile({ open }: { open: StatusView['open_jobs'] }): JSX.Element {
  const { say, format } = useSurroundings();
  const { by_status: byStatus, counted, complete } = open;
  const count = complete ? format.number(counted) : say.status.atLeast(counted);
  const more = say.status.openMore(byStatus.running + byStatus.canceling, byStatus.queued);
  return <Tile label={say.status.open} value={count} more={more} />;
}

function CostTile({ today }: { today: StatusView['own_jobs']['today'] }): JSX.Element {
  const { say, format } = useSurroundings();
  const unpriced = today.unpriced_calls > 0 ? ` ${say.cost.unpriced(today.unpriced_calls)}` : '';
  return (
    <Tile
      label={say.status.cost}
      value={format.usd(today.spent_usd)}
      more={`${say.status.costMore}.${unpriced}`}
    />
  );
}

/** The numbers that tell at a glance whether all is well. */
export function Tiles({ status, workers }: TilesProps): JSX.Element {
  const { say, format } = useSurroundings();
  const busy = workers.reduce((sum, { slots }) => sum + slots.busy, 0);
  const total = workers.reduce((sum, { slots }) => sum + slots.total, 0);
  const { queue, open_jobs: open } = status;
  const oldestMs = open.oldest_queued_ms;
  return (
    <dl class="tiles">
      <Tile
        label={say.status.workers}
        value={format.number(workers.length)}
        more={say.status.slots(busy, total)}
        bad={workers.length === 0}
      />
      <Tile
        label={say.status.queue}
        value={queue ? format.number(queue.waiting) : '?'}
        more={queue ? say.status.queueMore(queue.in_flight, queue.delayed) : say.status.queueUnknown}
        bad={queue === null}
      />
      <Tile
        label={say.status.oldest}
        value={oldestMs === null ? '–' : format.duration(oldestMs)}
        more={oldestMs === null ? say.status.oldestNone : say.status.oldestMore}
      />
      <OpenTile open={open} />
      <CostTile today={status.own_jobs.today} />
    </dl>
  );
}
