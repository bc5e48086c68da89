import type { ApiApp } from '../http/api-app.ts';
import { VERSION } from '../version.ts';

export function addHome(app: ApiApp): void {
  app.get('/', (c) =>
    c.json({
      name: 'IsCoolGPT',
      version: VERSION,
      links: {
        docs: '/docs',
        openapi: '/openapi.json',
        jobs: '/v1/jobs',
        providers: '/v1/providers',
        health: '/health',
        ready: '/ready',
      },
    }),
  );
}
