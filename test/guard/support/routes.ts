import type { ApiApp } from '../../../api/http/api-app.ts';

/** Who may have an answer of a route: anybody, whoever has a key, or the one whose job it is about. */
export type Access = 'anybody' | 'any key' | 'own job';

export interface Route {
  access: Access;
  /** The body that a request needs to come as far as the job. */
  body?: object;
}

/** Every route that the API serves, by method and pattern. */
export const ROUTES: Record<string, Route> = {
  'POST /v1/jobs': { access: 'any key', body: { question: 'What is S3?' } },
  'GET /v1/jobs': { access: 'any key' },
  'GET /v1/jobs/:id': { access: 'own job' },
  'DELETE /v1/jobs/:id': { access: 'own job' },
  'GET /v1/jobs/:id/events': { access: 'own job' },
  'POST /v1/jobs/:id/cancel': { access: 'own job' },
  'POST /v1/jobs/:id/merge': { access: 'own job', body: { strategy: 'consensus' } },
  'POST /v1/chat/completions': {
    access: 'any key',
    body: { model: 'iscoolgpt-fast', messages: [{ role: 'user', content: 'What is S3?' }] },
  },
  'GET /v1/models': { access: 'any key' },
  'GET /v1/models/:model': { access: 'any key' },
  'GET /v1/providers': { access: 'any key' },
  'GET /v1/status': { access: 'any key' },
  'GET /health': { access: 'anybody' },
  'GET /ready': { access: 'anybody' },
  'GET /openapi.json': { access: 'anybody' },
  'GET /docs': { access: 'anybody' },
  'GET /docs/start.js': { access: 'anybody' },
  'GET /docs/swagger-ui.css': { access: 'anybody' },
  'GET /docs/swagger-ui-bundle.js': { access: 'anybody' },
  'GET /docs/favicon-32x32.png': { access: 'anybody' },
  'GET /': { access: 'anybody' },
  'GET /jobs/:id': { access: 'anybody' },
  'GET /status': { access: 'anybody' },
  'GET /assets/:name': { access: 'anybody' },
};

/** What the app itself says that it serves. */
export function servedRoutes(app: ApiApp): string[] {
  const served = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`);
  return [...new Set(served)];
}

export function parseRoute(name: string): { method: string; pattern: string } {
  const [method = '', pattern = ''] = name.split(' ');
  return { method, pattern };
}
