import { startSqs } from '../../local/emulators/start-sqs.ts';
import { tellReady } from '../stage/ipc.ts';
import { endWithParent } from './serve.ts';

endWithParent();
tellReady((await startSqs()).endpoint);
