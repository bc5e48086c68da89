import { useRef, useState } from 'preact/hooks';
import type { JobView } from '../../../client.ts';
import { PATHS } from '../route.ts';
import { useSurroundings } from '../surroundings.ts';

export interface Sender {
  sending: boolean;
  failure: unknown;
  /** `payload` tells one request from another; `send` is given the key that makes its repetition harmless. */
  send(payload: unknown, send: (idempotencyKey: string) => Promise<JobView>): Promise<void>;
}

/** Makes jobs and shows them. The same request after a failure has the same key: pressed twice, it runs once. */
export function useSender(): Sender {
  const { random, shelf, go } = useSurroundings();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const unsettled = useRef<{ payload: string; key: string }>(undefined);

  const send: Sender['send'] = async (payload, request) => {
    if (sending) return;
    const text = JSON.stringify(payload);
    if (unsettled.current?.payload !== text) unsettled.current = { payload: text, key: random.id() };
    setSending(true);
    setFailure(undefined);
    try {
      const job = await request(unsettled.current.key);
      unsettled.current = undefined;
      shelf.put(job);
      go(PATHS.job(job.id));
    } catch (error) {
      setFailure(error);
    } finally {
      setSending(false);
    }
  };
  return { sending, failure, send };
}
