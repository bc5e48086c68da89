import type { ApiApp } from '../http/api-app.ts';
import { docsSecurityHeaders } from '../middleware/security-headers.ts';
import { SWAGGER_UI_FILES, swaggerUiFile } from './swagger-ui.ts';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>IsCoolGPT API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
});
`;

/** Swagger UI from its package: no CDN, and no script in the page itself. */
export function addDocs(app: ApiApp): void {
  app.use('/docs', docsSecurityHeaders());
  app.use('/docs/*', docsSecurityHeaders());
  app.get('/docs', (c) => c.html(PAGE));
  app.get('/docs/start.js', (c) =>
    c.body(START, 200, { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' }),
  );
  for (const name of SWAGGER_UI_FILES) {
    app.get(`/docs/${name}`, async (c) => {
      const { type, body } = await swaggerUiFile(name);
      return c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=3600' });
    });
  }
}
