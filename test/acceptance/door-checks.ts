import type { Check } from './checks.ts';
import { type Deployment, insist, jsonOf, type Reply } from './deployment.ts';

const NO_SUCH_ID = '0'.repeat(32);

function insistProblem(reply: Reply, status: number, code: string): void {
  insist(reply.status === status, `${status} ${code}`, reply);
  const type = reply.headers.get('content-type') ?? '';
  insist(type.startsWith('application/problem+json'), 'a problem by RFC 9457', reply);
  insist(jsonOf<{ code?: string }>(reply).code === code, `the code ${code}`, reply);
}

const withoutKeys = ({ key }: Deployment) => (key === undefined ? 'this service wants no keys' : undefined);

/** What is asked without a question: doors, refusals, descriptions. */
export const DOOR_CHECKS: readonly Check[] = [
  {
    name: 'lives and is ready',
    run: async (deployment) => {
      const states = { '/health': 'ok', '/ready': 'ready' };
      for (const [path, status] of Object.entries(states)) {
        const reply = await deployment.ask(path, {}, null);
        insist(reply.status === 200, `${path} to answer 200 without a key`, reply);
        insist(jsonOf<{ status?: string }>(reply).status === status, `${path} to say ${status}`, reply);
      }
    },
  },
  {
    name: 'describes itself',
    run: async (deployment) => {
      const reply = await deployment.ask('/openapi.json', {}, null);
      insist(reply.status === 200, 'the description', reply);
      const { openapi = '', paths = {} } = jsonOf<{ openapi?: string; paths?: Record<string, object> }>(
        reply,
      );
      insist(openapi.startsWith('3.'), 'OpenAPI 3', reply);
      for (const path of ['/v1/jobs', '/v1/jobs/{id}', '/v1/jobs/{id}/events', '/v1/jobs/{id}/cancel'])
        insist(path in paths, `${path} to be described`);
    },
  },
  {
    name: 'refuses who has no key, or a wrong one',
    skip: withoutKeys,
    run: async (deployment) => {
      for (const key of [null, 'not-a-key-of-anybody']) {
        insistProblem(await deployment.ask('/v1/jobs', {}, key), 401, 'unauthorized');
        insistProblem(await deployment.ask(`/v1/jobs/${NO_SUCH_ID}`, {}, key), 401, 'unauthorized');
      }
    },
  },
  {
    name: 'refuses a request that is not valid, and says where',
    run: async (deployment) => {
      const reply = await deployment.post('/v1/jobs', { question: '', colour: 'blue' });
      insistProblem(reply, 400, 'invalid_request');
      const { errors = [] } = jsonOf<{ errors?: { at: string }[] }>(reply);
      const at = errors.map((error) => error.at).sort();
      insist(at.join() === '/colour,/question', 'both fields to be named', reply);
    },
  },
  {
    name: 'knows no job that was never asked',
    run: async (deployment) =>
      insistProblem(await deployment.ask(`/v1/jobs/${NO_SUCH_ID}`), 404, 'not_found'),
  },
  {
    name: 'sends plain HTTP to HTTPS',
    skip: ({ url }) => (url.protocol === 'https:' ? undefined : 'it is asked by plain HTTP'),
    run: async (deployment) => {
      const plain = new URL('/health', deployment.url);
      plain.protocol = 'http:';
      const reply = await deployment.ask(plain.href, {}, null);
      const to = reply.headers.get('location') ?? '';
      insist(
        [301, 302, 307, 308].includes(reply.status) && to.startsWith('https:'),
        'a redirect to HTTPS',
        reply,
      );
    },
  },
];
