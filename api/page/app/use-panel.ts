import { useEffect, useState } from 'preact/hooks';
import type { Client, ProvidersView } from '../../client.ts';

/** The panel, once it is known. Where it cannot be had the page works without: what is asked of it will say why. */
export function usePanel(client: Client): ProvidersView | undefined {
  const [panel, setPanel] = useState<ProvidersView>();
  useEffect(() => {
    const gone = new AbortController();
    client.providers({ signal: gone.signal }).then(setPanel, () => {});
    return () => gone.abort();
  }, [client]);
  return panel;
}
