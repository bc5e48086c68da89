import { startDynamodb } from '../../../local/emulators/start-dynamodb.ts';
import { startSqs } from '../../../local/emulators/start-sqs.ts';
import { type Checkpoint, tapCheckpoints } from './checkpoint-tap.ts';
import { startDynamodbLocalProxy } from './dynamodb-local-proxy.ts';

// One emulator in a process of its own, `sqs PORT`, `dynalite PORT FOLDER` or `dynamodb-local PORT FOLDER`.
// It ends with whoever started it.
const [kind, port, folder = ''] = process.argv.slice(2);

const tell = (checkpoint: Checkpoint) => process.send?.(checkpoint);

async function start(): Promise<unknown> {
  switch (kind) {
    case 'sqs':
      return startSqs(Number(port));
    case 'dynalite':
      tapCheckpoints(tell);
      return startDynamodb({ dataDir: folder, port: Number(port) });
    case 'dynamodb-local':
      return startDynamodbLocalProxy(Number(port), folder, tell);
    default:
      throw new RangeError(`there is no emulator "${kind}"`);
  }
}

process.on('disconnect', () => process.exit(0));
await start();
process.send?.('listening');
