import { useCallback, useEffect, useState } from 'preact/hooks';

/** The address shown, and how to show another without loading the page again. */
export function usePath(): [path: string, go: (path: string) => void] {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const follow = () => setPath(location.pathname);
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const go = useCallback((next: string) => {
    history.pushState(null, '', next);
    scrollTo(0, 0);
    setPath(next);
  }, []);
  return [path, go];
}
