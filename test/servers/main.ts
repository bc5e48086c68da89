import { parseArgs } from 'node:util';
import { startDynamodbLocal } from './dynamodb-local.ts';
import { startElasticmq } from './elasticmq.ts';
import { isAsDeclared, judge } from './judge.ts';
import { KNOWN_DIFFERENCES, SERVERS, type ServerName } from './known-differences.ts';
import { MissingError } from './missing.ts';
import { startMoto } from './moto.ts';
import { runSuites, suitesFor } from './run-suites.ts';
import type { RunningServer } from './server-process.ts';
import { tellVerdict } from './tell.ts';

const USAGE = 'usage: npm run servers -- [--only moto|elasticmq|dynamodb-local]… [--allow-missing]';
const EXIT = { differs: 1, missing: 2, usage: 64 };

const START: Record<ServerName, () => Promise<RunningServer>> = {
  moto: startMoto,
  elasticmq: startElasticmq,
  'dynamodb-local': startDynamodbLocal,
};

/** Who plays what in each run; the embedded one where nobody does. */
const RUNS: { sqs: ServerName; dynamodb: ServerName }[] = [
  { sqs: 'moto', dynamodb: 'moto' },
  { sqs: 'elasticmq', dynamodb: 'dynamodb-local' },
];

const startedAt = performance.now();

function say(text: string): void {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stdout.write(`${String(seconds).padStart(4)} s  ${text}\n`);
}

interface Options {
  only: ServerName[];
  allowMissing: boolean;
}

/** Throws where they are not what USAGE says. */
function readOptions(): Options {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, 'allow-missing': { type: 'boolean' } },
  });
  const only = values.only?.map((wanted) => {
    const name = SERVERS.find((known) => known === wanted);
    if (!name) throw new Error(`no server is called ${wanted}`);
    return name;
  });
  return { only: only ?? [...SERVERS], allowMissing: values['allow-missing'] ?? false };
}

type Started = Map<ServerName, RunningServer>;

/** Starts what this machine can have; says of the others why not. */
async function startAll(names: readonly ServerName[], missing: string[]): Promise<Started> {
  const started: Started = new Map();
  for (const name of names) {
    say(`${name}: installing and starting`);
    try {
      started.set(name, await START[name]());
    } catch (error) {
      if (!(error instanceof MissingError)) throw error;
      missing.push(`${name}: ${error.message}`);
    }
  }
  return started;
}

/** Whether the servers of a run did as is declared of them. */
async function tryServers(started: Started, { sqs, dynamodb }: (typeof RUNS)[number]): Promise<boolean> {
  const endpoints = { sqs: started.get(sqs)?.endpoint, dynamodb: started.get(dynamodb)?.endpoint };
  const [queueOn, storeOn] = [endpoints.sqs ? sqs : 'embedded', endpoints.dynamodb ? dynamodb : 'embedded'];
  say(`queue on ${queueOn}, store on ${storeOn}: running the suites`);
  const declared = KNOWN_DIFFERENCES.filter(({ server }) => started.has(server));
  const verdict = judge(await runSuites(endpoints), declared, suitesFor(endpoints));
  for (const line of tellVerdict(verdict)) say(line);
  return isAsDeclared(verdict);
}

async function main(options: Options): Promise<number> {
  const { only, allowMissing } = options;
  const missing: string[] = [];
  let differs = false;
  for (const run of RUNS) {
    const names = [...new Set([run.sqs, run.dynamodb])].filter((name) => only.includes(name));
    const started = await startAll(names, missing);
    try {
      if (started.size > 0 && !(await tryServers(started, run))) differs = true;
    } finally {
      for (const server of started.values()) await server.stop();
    }
  }
  for (const what of missing) process.stderr.write(`MISSING ${what}\n`);
  if (differs) return EXIT.differs;
  return missing.length > 0 && !allowMissing ? EXIT.missing : 0;
}

let options: Options;
try {
  options = readOptions();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n${USAGE}\n`);
  process.exit(EXIT.usage);
}
process.exitCode = await main(options);
