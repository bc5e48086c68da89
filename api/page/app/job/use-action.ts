import { useState } from 'preact/hooks';

export interface Action {
  busy: boolean;
  failure: unknown;
  run(doing: () => Promise<void>): void;
}

/** One thing at a time, and what came of it where it failed. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const run = async (doing: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await doing();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, run: (doing) => void run(doing) };
}
