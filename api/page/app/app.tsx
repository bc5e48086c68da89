import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { AskView } from './ask/ask-view.tsx';
import { HistoryList } from './history/history-list.tsx';
import { JobShelf } from './history/job-shelf.ts';
import { JobPage } from './job/job-page.tsx';
import { KeyDialog } from './key-dialog.tsx';
import type { Language } from './language/choose-language.ts';
import { createFormat } from './language/format.ts';
import { type Route, readRoute } from './route.ts';
import { type SessionDeps, useSession } from './session.ts';
import { StatusPage } from './status/status-page.tsx';
import { type Surroundings, SurroundingsContext, useSurroundings } from './surroundings.ts';
import { TopBar } from './top-bar.tsx';
import { useAnnouncer } from './use-announcer.ts';
import { usePanel } from './use-panel.ts';
import { usePath } from './use-path.ts';

function NotFound(): JSX.Element {
  const { say } = useSurroundings();
  return (
    <>
      <h1 tabIndex={-1}>{say.notFound.title}</h1>
      <p>{say.notFound.lead}</p>
    </>
  );
}

function View({ route }: { route: Route }): JSX.Element {
  if (route.view === 'job') return <JobPage key={route.id} id={route.id} />;
  if (route.view === 'status') return <StatusPage />;
  return route.view === 'ask' ? <AskView /> : <NotFound />;
}

/** A view's heading gets the focus when it is shown in place of another, as a new page would; not at the first. */
function useFocusOnChange(path: string): void {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [path]);
}

export interface AppProps extends SessionDeps {
  language: Language;
}

export function App({ language, ...deps }: AppProps): JSX.Element {
  const { clock, random } = deps;
  const session = useSession(deps);
  const { client } = session;
  const [path, go] = usePath();
  const [said, announce] = useAnnouncer();
  const panel = usePanel(client);
  // Another key has other jobs.
  const shelf = useMemo(() => new JobShelf(), [client]);
  const format = useMemo(() => createFormat(language.locale), [language]);
  useFocusOnChange(path);

  const say = language.messages;
  const surroundings: Surroundings = { client, clock, random, say, format, shelf, panel, go, announce };
  const route = readRoute(path);
  return (
    <SurroundingsContext.Provider value={surroundings}>
      <a class="skip" href="#main">
        {say.skip}
      </a>
      <TopBar route={route} session={session} />
      <div class="layout" data-view={route.view}>
        <main id="main" tabIndex={-1}>
          <View route={route} />
        </main>
        {route.view !== 'status' && <HistoryList currentId={route.view === 'job' ? route.id : undefined} />}
      </div>
      <KeyDialog session={session} />
      <div class="sr-only" role="status" aria-live="polite">
        {said}
      </div>
    </SurroundingsContext.Provider>
  );
}
