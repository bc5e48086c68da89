import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** What is wider than the page scrolls within itself; while it does, the keyboard reaches it to scroll it. */
export function Scroller({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = section.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
      else element.removeAttribute('tabindex');
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={section} class="scroller" aria-label={label}>
      {children}
    </section>
  );
}
