import { startDynamodb } from '../../../local/emulators/start-dynamodb.ts';
import { startSqs } from '../../../local/emulators/start-sqs.ts';
import { tapCheckpoints } from './checkpoint-tap.ts';

// One emulator in a process of its own: `sqs PORT` or `dynamodb PORT FOLDER`. It ends with whoever started it.
const [kind, port, dataDir] = process.argv.slice(2);

process.on('disconnect', () => process.exit(0));
if (kind === 'dynamodb') tapCheckpoints((checkpoint) => process.send?.(checkpoint));
await (kind === 'dynamodb' ? startDynamodb({ dataDir, port: Number(port) }) : startSqs(Number(port)));
process.send?.('listening');
