import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener, type HttpBindings, RequestError } from '@hono/node-server';
import { type ProblemCode, ProblemError } from '../shared/contract/problem.ts';
import type { Log } from '../shared/log.ts';
import type { Clock, Random } from '../shared/ports/clock.ts';
import { dropStalledReader } from './drop-stalled-reader.ts';
import type { ApiApp } from './http/api-app.ts';
import { toProblemError } from './http/problem-response.ts';
import { rawProblem, unroutedProblem } from './http/raw-problem.ts';
import { settlesWithin } from './settles-within.ts';

/** A load balancer in front keeps idle connections 120 s: this side must never be the first to close one. */
const KEEP_ALIVE_MS = 125_000;
const MAX_HEADER_BYTES = 16 * 1024;

/** How long a client may hold a connection without getting on, in milliseconds. */
export interface ServerTimeouts {
  /** That sends its headers drop by drop. */
  headersMs: number;
  /** That sends its whole request drop by drop. */
  requestMs: number;
  /** How often the two above are looked at. */
  checkMs: number;
  /** That reads nothing of what it is sent; longer than the pause between an event stream's signs of life. */
  stalledMs: number;
}

const TIMEOUTS: ServerTimeouts = { headersMs: 15_000, requestMs: 30_000, checkMs: 5_000, stalledMs: 30_000 };

export interface ServerDeps {
  app: ApiApp;
  clock: Clock;
  random: Random;
  log: Log;
  /** Shorter ones for tests. */
  timeouts?: ServerTimeouts;
}

export interface RunningServer {
  host: string;
  port: number;
  /** Takes no new connection; true where all responses under way ended within `budgetMs`, else they were cut. */
  close(budgetMs: number): Promise<boolean>;
}

const CLIENT_ERRORS: Record<string, [ProblemCode, string]> = {
  HPE_HEADER_OVERFLOW: [
    'request_header_fields_too_large',
    `Headers may have ${MAX_HEADER_BYTES} bytes together.`,
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not arrive in time.'],
};

/** What Node's parser could not read is answered in the words of the contract too. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex, random: Random): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [code, detail] = CLIENT_ERRORS[error.code ?? ''] ?? [
    'invalid_request',
    'The request is not valid HTTP.',
  ];
  socket.end(rawProblem(new ProblemError(code, detail), random.id()));
}

/** RFC 9112, 3.2: what stands in front may have gone by another of them than the app would. */
function namesSeveralHosts({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}

function requestListener({ app, random, log }: ServerDeps) {
  const serve: typeof app.fetch = (request, env, context) => {
    if (!namesSeveralHosts((env as HttpBindings).incoming)) return app.fetch(request, env, context);
    const problem = new ProblemError('invalid_request', 'The request names more than one Host.');
    return unroutedProblem(problem, random.id());
  };
  return getRequestListener(serve, {
    errorHandler: (error) => {
      const requestId = random.id();
      if (error instanceof RequestError) {
        const problem = new ProblemError('invalid_request', `The request cannot be read: ${error.message}.`);
        return unroutedProblem(problem, requestId);
      }
      log.error({ err: error, request_id: requestId }, 'a request failed outside the app');
      return unroutedProblem(toProblemError(error), requestId);
    },
  });
}

async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen({ host, port }, listening.resolve);
  await listening.promise;
  server.off('error', listening.reject);
  return server.address() as AddressInfo;
}

/** Serves the app over HTTP. Rejects with the error of `listen`, such as EADDRINUSE. */
export async function startServer(deps: ServerDeps, host: string, port: number): Promise<RunningServer> {
  const { timeouts = TIMEOUTS } = deps;
  const server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: timeouts.headersMs,
      requestTimeout: timeouts.requestMs,
      connectionsCheckingInterval: timeouts.checkMs,
      maxHeaderSize: MAX_HEADER_BYTES,
      // Answered by the listener, as a problem, where it is missing.
      requireHostHeader: false,
    },
    requestListener(deps),
  );
  server.on('clientError', (error, socket) => answerUnreadable(error, socket, deps.random));
  let closing = false;
  const endIfIdle = () => {
    if (closing) setImmediate(() => server.closeIdleConnections());
  };
  server.on('request', (_request, response) => {
    dropStalledReader(response, timeouts.stalledMs);
    // close() ends the connections that are idle then; each that becomes idle later has to be ended in its turn.
    response.on('close', endIfIdle);
  });
  const address = await listen(server, host, port);
  return {
    host,
    port: address.port,
    close: async (budgetMs) => {
      closing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const inTime = await settlesWithin(deps.clock, closed, budgetMs);
      server.closeAllConnections();
      await closed;
      return inTime;
    },
  };
}
