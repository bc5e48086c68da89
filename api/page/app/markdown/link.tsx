import type { ComponentChildren, JSX } from 'preact';
import { useSurroundings } from '../surroundings.ts';
import { safeLink } from './safe-link.ts';

/** A link that a model wrote: to another site, told nothing about this page; mere text where it leads nowhere safe. */
export function Link({ href, children }: { href: string; children: ComponentChildren }): JSX.Element {
  const url = safeLink(href);
  if (url === undefined) return <>{children}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

/** An image is not fetched, for that would tell its server who reads: it is a link. */
export function Image({ href, alt }: { href: string; alt: string }): JSX.Element {
  const { say } = useSurroundings();
  return <Link href={href}>{say.image(alt || href)}</Link>;
}
