import type { ApiApp } from '../http/api-app.ts';
import { pageSecurityHeaders } from '../middleware/security-headers.ts';
import { VERSION } from '../version.ts';
import { servePage } from './page.ts';

const INDEX = {
  name: 'IsCoolGPT',
  version: VERSION,
  links: {
    docs: '/docs',
    openapi: '/openapi.json',
    jobs: '/v1/jobs',
    providers: '/v1/providers',
    status: '/v1/status',
    health: '/health',
    ready: '/ready',
  },
};

/** The page for a browser; for anything else, where to go from here. */
export function addHome(app: ApiApp): void {
  app.get('/', pageSecurityHeaders(), async (c): Promise<Response> => {
    c.header('Vary', 'Accept');
    return c.req.header('Accept')?.includes('text/html') ? servePage(c) : c.json(INDEX);
  });
}
