import { startDynamodb } from '../../local/emulators/start-dynamodb.ts';
import { tellReady } from '../stage/ipc.ts';
import { endWithParent } from './serve.ts';

endWithParent();
tellReady((await startDynamodb({})).endpoint);
