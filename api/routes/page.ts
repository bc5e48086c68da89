import { extname } from 'node:path';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ApiApp, ApiContext } from '../http/api-app.ts';
import { pageSecurityHeaders } from '../middleware/security-headers.ts';
import { pageFiles } from '../page/page-files.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const INDEX = '/index.html';

async function serve(c: ApiContext, path: string, cacheControl: string): Promise<Response> {
  const file = (await pageFiles()).get(path);
  if (!file) throw new ProblemError('not_found', 'There is nothing at this path.');
  return c.body(file.body, 200, {
    'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    'Cache-Control': cacheControl,
  });
}

/** One page for all of its addresses; which view to show is read from the address in the browser. */
export function servePage(c: ApiContext): Promise<Response> {
  return serve(c, INDEX, 'no-cache');
}

export function addPage(app: ApiApp): void {
  for (const path of ['/jobs/:id', '/status']) {
    app.get(path, pageSecurityHeaders(), (c) => servePage(c));
  }
  // The name of such a file changes with its content.
  app.get('/assets/:name', pageSecurityHeaders(), (c) =>
    serve(c, `/assets/${c.req.param('name')}`, 'public, max-age=31536000, immutable'),
  );
}
