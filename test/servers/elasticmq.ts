import { join } from 'node:path';
import { LOOPBACK } from '../../local/emulators/emulator.ts';
import { findFreePort } from '../../local/free-port.ts';
import { listQueues } from './ask.ts';
import { installJars } from './jars.ts';
import { type RunningServer, startServer } from './server-process.ts';

const POM = join(import.meta.dirname, 'elasticmq/pom.xml');

/** ElasticMQ, an SQS in memory: fetched like DynamoDB Local, started on a free port of 127.0.0.1 and of nothing else. */
export async function startElasticmq(): Promise<RunningServer> {
  const classPath = await installJars(POM);
  const port = String(await findFreePort());
  const endpoint = `http://${LOOPBACK}:${port}`;
  const settings = {
    'node-address.host': LOOPBACK,
    'node-address.port': port,
    'rest-sqs.bind-hostname': LOOPBACK,
    'rest-sqs.bind-port': port,
    // Its page of statistics would listen on every interface.
    'rest-stats.enabled': 'false',
  };
  const options = Object.entries(settings).map(([name, value]) => `-D${name}=${value}`);
  return startServer({
    name: 'elasticmq',
    program: 'java',
    args: ['-Xmx512m', '-cp', classPath, ...options, 'org.elasticmq.server.Main'],
    endpoint,
    ask: () => listQueues(endpoint),
  });
}
