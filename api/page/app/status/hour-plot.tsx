import type { JSX } from 'preact';
import type { StatusView } from '../../../client.ts';
import { useSurroundings } from '../surroundings.ts';
import { Scroller } from '../ui/scroller.tsx';

type Minute = StatusView['own_jobs']['last_hour'][number];

const KINDS = ['succeeded', 'degraded', 'failed', 'canceled', 'open'] as const;
const WIDTH = 600;
const HEIGHT = 120;
const STEP = WIDTH / 60;
/** The scale never shrinks below this: one job is not a peak. */
const LEAST_TOP = 4;

function totalOf(minute: Minute): number {
  return KINDS.reduce((sum, kind) => sum + minute[kind], 0);
}

/** One minute's jobs on top of each other, those that succeeded at the bottom. */
function Bar({ minute, index, top }: { minute: Minute; index: number; top: number }): JSX.Element {
  let stacked = 0;
  return (
    <g>
      {KINDS.map((kind) => {
        const height = (minute[kind] / top) * HEIGHT;
        stacked += height;
        return (
          height > 0 && (
            <rect
              key={kind}
              data-kind={kind}
              x={index * STEP + 1}
              y={HEIGHT - stacked}
              width={STEP - 2}
              height={height}
            />
          )
        );
      })}
    </g>
  );
}

function Legend(): JSX.Element {
  const { say } = useSurroundings();
  return (
    <ul class="legend">
      {KINDS.map((kind) => (
        <li key={kind}>
          <span class="swatch" data-kind={kind} /> {say.status.kinds[kind]}
        </li>
      ))}
    </ul>
  );
}

function MinuteTable({ minutes }: { minutes: Minute[] }): JSX.Element {
  const { say, format } = useSurroundings();
  return (
    <Scroller label={say.status.hourTable}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say.status.minute}</th>
            {KINDS.map((kind) => (
              <th key={kind} scope="col" class="align-right">
                {say.status.kinds[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {minutes.map((minute) => (
            <tr key={minute.at}>
              <th scope="row">{format.time(minute.at)}</th>
              {KINDS.map((kind) => (
                <td key={kind} class="align-right">
                  {minute[kind]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

/** The last hour, minute by minute: drawn, summed up in a sentence, and as a table. */
export function HourPlot({ minutes }: { minutes: Minute[] }): JSX.Element {
  const { say, format } = useSurroundings();
  const totals = minutes.map(totalOf);
  const all = totals.reduce((sum, total) => sum + total, 0);
  const failed = minutes.reduce((sum, minute) => sum + minute.failed, 0);
  const top = Math.max(LEAST_TOP, ...totals);
  const summary = say.status.hourSummary(all, failed);
  return (
    <section aria-labelledby="hour-title">
      <h2 id="hour-title">{say.status.hour}</h2>
      <p class="muted">{say.status.hourLead}</p>
      <figure class="plot">
        <span class="plot-top muted">{format.number(top)}</span>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={summary}>
          {minutes.map((minute, index) => (
            <Bar key={minute.at} minute={minute} index={index} top={top} />
          ))}
        </svg>
        <div class="plot-axis muted">
          <span>{say.status.hourAgo}</span>
          <span>{say.status.now}</span>
        </div>
      </figure>
      <Legend />
      <p>{summary}</p>
      {all > 0 && (
        <details>
          <summary>{say.status.hourTable}</summary>
          <MinuteTable minutes={minutes.filter((minute) => totalOf(minute) > 0)} />
        </details>
      )}
    </section>
  );
}
