export type Route = { view: 'ask' } | { view: 'job'; id: string } | { view: 'status' } | { view: 'unknown' };

export const PATHS = {
  ask: '/',
  status: '/status',
  job: (id: string) => `/jobs/${id}`,
} as const;

export function readRoute(path: string): Route {
  if (path === PATHS.ask) return { view: 'ask' };
  if (path === PATHS.status) return { view: 'status' };
  const [, id] = /^\/jobs\/([0-9a-f]{32})$/.exec(path) ?? [];
  return id === undefined ? { view: 'unknown' } : { view: 'job', id };
}
