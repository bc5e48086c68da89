import type { JSX } from 'preact';
import type { JobView } from '../../../client.ts';
import { useSurroundings } from '../surroundings.ts';
import { Scroller } from '../ui/scroller.tsx';

type Call = JobView['ledger']['calls'][number];

function useSpent({ spent_usd: spentUsd, unpriced_calls: unpricedCalls, calls }: JobView['ledger']): string {
  const { say, format } = useSurroundings();
  if (calls.length === 0) return say.cost.nothing;
  if (spentUsd === null) return unpricedCalls > 0 ? say.cost.unknown : say.cost.later;
  const spent = say.cost.spent(format.usd(spentUsd));
  return unpricedCalls > 0 ? `${spent}. ${say.cost.unpriced(unpricedCalls)}` : spent;
}

function CallRow({ call }: { call: Call }): JSX.Element {
  const { say, format } = useSurroundings();
  const outcome =
    call.outcome === 'running'
      ? say.cost.running
      : call.outcome === 'outcome_unknown'
        ? say.cost.unknownOutcome
        : say.provider.error[call.outcome];
  return (
    <tr>
      <td>{call.provider}</td>
      <td>{say.cost.purposes[call.purpose]}</td>
      <td>{outcome}</td>
      <td class="align-right">{call.cost.usd === null ? '–' : format.usd(call.cost.usd)}</td>
    </tr>
  );
}

/** What the job cost, and every call that was made for it. */
export function Cost({ ledger }: { ledger: JobView['ledger'] }): JSX.Element {
  const { say } = useSurroundings();
  const spent = useSpent(ledger);
  return (
    <section aria-labelledby="cost-title">
      <h2 id="cost-title">{say.cost.title}</h2>
      <p>{spent}</p>
      {ledger.calls.length > 0 && (
        <details>
          <summary>{say.cost.calls(ledger.calls.length)}</summary>
          <Scroller label={say.cost.title}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{say.cost.provider}</th>
                  <th scope="col">{say.cost.purpose}</th>
                  <th scope="col">{say.cost.outcome}</th>
                  <th scope="col" class="align-right">
                    {say.cost.price}
                  </th>
                </tr>
              </thead>
              <tbody>
                {ledger.calls.map((call, index) => (
                  <CallRow key={index} call={call} />
                ))}
              </tbody>
            </table>
          </Scroller>
        </details>
      )}
    </section>
  );
}
