import type { JSX } from 'preact';
import { PATHS, type Route } from './route.ts';
import type { Session } from './session.ts';
import { useSurroundings } from './surroundings.ts';
import { PageLink } from './ui/page-link.tsx';

export function TopBar({ route, session }: { route: Route; session: Session }): JSX.Element {
  const { say } = useSurroundings();
  return (
    <header class="top">
      <PageLink to={PATHS.ask} class="brand">
        IsCoolGPT
      </PageLink>
      <nav aria-label={say.nav.label}>
        <PageLink to={PATHS.ask} current={route.view === 'ask'}>
          {say.nav.ask}
        </PageLink>
        <PageLink to={PATHS.status} current={route.view === 'status'}>
          {say.nav.status}
        </PageLink>
        <a href="/docs">{say.nav.docs}</a>
        {session.key !== undefined && (
          <button type="button" class="quiet" onClick={session.forgetKey}>
            {say.key.forget}
          </button>
        )}
      </nav>
    </header>
  );
}
