import type { JSX } from 'preact';
import { levelOf } from '../../../agreement-level.ts';
import type { JobView } from '../../../client.ts';
import { useSurroundings } from '../surroundings.ts';

/** How far the answers agree: at a glance, and in a sentence. */
export function Agreement({ agreement }: { agreement: JobView['agreement'] }): JSX.Element {
  const { say, format } = useSurroundings();
  if (!agreement) return <p class="agreement muted">{say.agreement.none}</p>;
  const { score, method, n } = agreement;
  const level = levelOf(score);
  return (
    <div class="agreement" data-level={level}>
      <p class="agreement-line">
        <span id="agreement-title">{say.agreement.title}</span>
        <meter
          aria-labelledby="agreement-title"
          min={0}
          max={1}
          low={0.5}
          high={0.75}
          optimum={1}
          value={score}
        >
          {format.percent(score)}
        </meter>
        <strong>
          {format.percent(score)} · {say.agreement.level[level]}
        </strong>
      </p>
      <p>
        {say.agreement.sentence[level](n)} <span class="muted">{say.agreement.how[method]}</span>
      </p>
    </div>
  );
}
