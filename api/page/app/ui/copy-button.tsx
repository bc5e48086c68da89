import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useSurroundings } from '../surroundings.ts';

const SHOWN_MS = 2000;

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Says for a moment whether it worked: the clipboard is closed to pages that did not come over TLS. */
export function CopyButton({ text, label }: { text: string; label: string }): JSX.Element {
  const { say, clock, announce } = useSurroundings();
  const [result, setResult] = useState<string>();

  useEffect(() => {
    if (result === undefined) return;
    const over = new AbortController();
    clock.sleep(SHOWN_MS, over.signal).then(
      () => setResult(undefined),
      () => {},
    );
    return () => over.abort();
  }, [result, clock]);

  const copy = async () => {
    const said = (await copied(text)) ? say.job.copied : say.job.copyFailed;
    setResult(said);
    announce(said);
  };
  return (
    <button type="button" class="quiet" onClick={copy}>
      {result ?? label}
    </button>
  );
}
