import { startDynamodbLocal } from '../../test/servers/dynamodb-local.ts';
import type { CallCount } from '../processes/count-call.ts';
import { NodeProcess } from './node-process.ts';

/** A server in a process of its own, whose CPU counts for nobody. */
export interface BenchServer extends AsyncDisposable {
  name: string;
  address: string;
  pid: number;
}

/** Which DynamoDB: AWS's own emulator for numbers; the embedded one starts at once and needs no Java. */
export type StoreKind = 'dynamodb-local' | 'dynalite';

async function serverOf(name: string, process: NodeProcess): Promise<BenchServer> {
  const address = await process.ready<string>();
  return { name, address, pid: process.pid, [Symbol.asyncDispose]: () => process[Symbol.asyncDispose]() };
}

export function startQueueServer(): Promise<BenchServer> {
  return serverOf('the SQS emulator', new NodeProcess('bench/processes/sqs.ts'));
}

export async function startStoreServer(kind: StoreKind): Promise<BenchServer> {
  if (kind === 'dynalite') return serverOf('dynalite', new NodeProcess('bench/processes/dynalite.ts'));
  const { endpoint, pid, stop } = await startDynamodbLocal({ warmed: true });
  return { name: 'DynamoDB Local', address: endpoint, pid, [Symbol.asyncDispose]: stop };
}

export interface ProviderServer extends BenchServer {
  /** Calls that wait for their answer. */
  underWay(): Promise<number>;
}

/** Plays any number of providers; over TLS with a certificate in PEM. */
export async function startProviderServer(tls?: {
  key: string;
  certificate: string;
}): Promise<ProviderServer> {
  const env = tls ? { TLS_KEY: tls.key, TLS_CERT: tls.certificate } : {};
  const server = new NodeProcess('bench/processes/provider.ts', { env });
  return {
    ...(await serverOf('the fake provider', server)),
    underWay: () => server.ask<number>('underWay'),
  };
}

/** A proxy that counts what passes; `take` returns the counts since it was last asked. */
export async function startCountingProxy(target: string) {
  const proxy = new NodeProcess('bench/processes/counting-proxy.ts', { env: { TARGET: target } });
  const address = await proxy.ready<string>();
  return {
    address,
    take: () => proxy.ask<Record<string, CallCount>>('take'),
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  };
}
