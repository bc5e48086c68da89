import type { ApiApp } from '../http/api-app.ts';
import { setHeader } from '../http/reply.ts';
import { VERSION } from '../version.ts';

const INFO = {
  openapi: '3.1.0',
  info: {
    title: 'IsCoolGPT',
    version: VERSION,
    description:
      'Asks several LLM providers a question about cloud computing at once and merges their answers into one. Every error is an RFC 9457 problem with a `code`.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  tags: [
    { name: 'jobs', description: 'Questions, their answers and what became of them.' },
    { name: 'chat', description: "OpenAI's protocol, for tools that speak it: errors are in its shape too." },
    { name: 'service', description: 'The service itself.' },
  ],
};

/** Describes the routes that were added before. */
export function addOpenApi(app: ApiApp): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  const document = JSON.stringify(app.getOpenAPI31Document(INFO));
  app.get('/openapi.json', (c) => {
    setHeader(c, 'cache-control', 'no-cache');
    return c.body(document, 200, { 'Content-Type': 'application/json' });
  });
}
