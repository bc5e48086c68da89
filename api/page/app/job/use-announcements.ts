import { useEffect, useRef } from 'preact/hooks';
import type { JobView } from '../../../client.ts';
import { useSurroundings } from '../surroundings.ts';
import { stateOf } from './state-of.ts';

/** Says each step of a running job to those who cannot see it. */
export function useAnnouncements(job: JobView | undefined): void {
  const { say, announce } = useSurroundings();
  const said = useRef<{ id: string; text: string }>(undefined);
  useEffect(() => {
    if (!job) return;
    const answered = job.providers.filter(({ answer }) => answer).length;
    const text = `${stateOf(job, say)}. ${say.job.progress(answered, job.providers.length)}.`;
    const isFirst = said.current?.id !== job.id;
    // A job that is opened done is read by its heading.
    if (said.current?.text !== text && !(isFirst && job.done)) announce(text);
    said.current = { id: job.id, text };
  }, [job, say, announce]);
}
