import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface AgentCall {
  method: string | undefined;
  path: string | undefined;
  body: { ProtectionEnabled: boolean; ExpiresInMinutes?: number };
}

export interface AgentAnswer {
  status: number;
  body: string;
}

/** ECS's agent on loopback: notes what it is asked, and does it unless `answer` says otherwise. */
export interface FakeEcsAgent {
  uri: string;
  calls: AgentCall[];
  /** What it says instead; `hang`: nothing. */
  answer: AgentAnswer | 'hang' | undefined;
  /** Resolves once it was asked `count` times in all. */
  asked(count: number): Promise<void>;
  close(): Promise<void>;
}

async function readCall(request: IncomingMessage): Promise<AgentCall> {
  const { method, url: path } = request;
  return { method, path, body: JSON.parse(await text(request)) as AgentCall['body'] };
}

function obeyed({ body }: AgentCall): AgentAnswer {
  const protection = { TaskArn: 'arn:aws:ecs:us-east-1:123456789012:task/one', ...body };
  return { status: 200, body: JSON.stringify({ protection }) };
}

export async function startFakeEcsAgent(): Promise<FakeEcsAgent> {
  let heard = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    const call = await readCall(request);
    agent.calls.push(call);
    if (agent.answer !== 'hang') {
      const { status, body } = agent.answer ?? obeyed(call);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    }
    heard.resolve();
    heard = Promise.withResolvers<void>();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const agent: FakeEcsAgent = {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/one`,
    calls: [],
    answer: undefined,
    async asked(count) {
      while (agent.calls.length < count) await heard.promise;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return agent;
}
