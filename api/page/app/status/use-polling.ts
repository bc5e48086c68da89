import { useEffect, useState } from 'preact/hooks';
import { useSurroundings } from '../surroundings.ts';

export interface Polled<T> {
  /** The newest that was read; kept while later looks fail. */
  value: T | undefined;
  failure: unknown;
}

/** Resolves when the tab can be seen. */
function whenVisible(signal: AbortSignal): Promise<void> {
  if (document.visibilityState === 'visible') return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  document.addEventListener('visibilitychange', () => resolve(), { once: true, signal });
  return promise;
}

/** Looks again `everyMs` after each look, while the tab can be seen. `look` must stay the same between renders. */
export function usePolling<T>(look: (signal: AbortSignal) => Promise<T>, everyMs: number): Polled<T> {
  const { clock } = useSurroundings();
  const [polled, setPolled] = useState<Polled<T>>({ value: undefined, failure: undefined });
  useEffect(() => {
    const gone = new AbortController();
    const { signal } = gone;
    const poll = async () => {
      for (;;) {
        try {
          const value = await look(signal);
          setPolled({ value, failure: undefined });
        } catch (failure) {
          if (signal.aborted) return;
          setPolled(({ value }) => ({ value, failure }));
        }
        await clock.sleep(everyMs, signal);
        await whenVisible(signal);
      }
    };
    // What a look fails of is shown; the abort is all that ends the rest.
    poll().catch(() => {});
    return () => gone.abort();
  }, [look, everyMs, clock]);
  return polled;
}
