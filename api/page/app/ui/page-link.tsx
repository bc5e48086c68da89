import type { ComponentChildren, JSX } from 'preact';
import { useSurroundings } from '../surroundings.ts';

interface PageLinkProps {
  to: string;
  class?: string;
  current?: boolean;
  children: ComponentChildren;
}

/** A link within the page. A click that asks for a new tab or window gets one. */
export function PageLink({ to, class: className, current = false, children }: PageLinkProps): JSX.Element {
  const { go } = useSurroundings();
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} class={className} aria-current={current ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  );
}
