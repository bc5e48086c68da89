import { useCallback, useState } from 'preact/hooks';

/** What a live region says. The same words twice are a change to it only because they differ by a space. */
export function useAnnouncer(): [said: string, announce: (text: string) => void] {
  const [said, setSaid] = useState('');
  const announce = useCallback(
    (text: string) => setSaid((before) => (before === text ? `${text}\u00a0` : text)),
    [],
  );
  return [said, announce];
}
