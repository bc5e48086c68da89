import { useEffect } from 'preact/hooks';

const NAME = 'IsCoolGPT';
const MAX_CHARACTERS = 80;

/** What the tab and the browser's history say while this is shown. */
export function useTitle(text: string): void {
  useEffect(() => {
    const [line = ''] = text.split('\n');
    document.title = `${line.slice(0, MAX_CHARACTERS)} · ${NAME}`;
    return () => {
      document.title = NAME;
    };
  }, [text]);
}
