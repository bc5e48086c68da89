import { useEffect, useState } from 'preact/hooks';
import { useSurroundings } from '../surroundings.ts';

/** The time, renewed every `everyMs` while something `runs`. */
export function useNow(runs: boolean, everyMs: number): number {
  const { clock } = useSurroundings();
  const [now, setNow] = useState(clock.now());
  useEffect(() => {
    setNow(clock.now());
    if (!runs) return;
    const over = new AbortController();
    const tick = async () => {
      for (;;) {
        await clock.sleep(everyMs, over.signal);
        setNow(clock.now());
      }
    };
    // It ends by the abort alone, which is no error.
    tick().catch(() => {});
    return () => over.abort();
  }, [runs, everyMs, clock]);
  return now;
}
