import { Server } from 'node:net';
import { endWithParent } from '../processes/serve.ts';
import { tellReady } from '../stage/ipc.ts';

const port = Number(process.env.PORT);
const listen = Server.prototype.listen;
// The gateway knows no host to listen on, and forwards whatever it is sent: nobody else may reach it.
Server.prototype.listen = function (this: Server) {
  this.once('listening', () => tellReady(`http://127.0.0.1:${port}`));
  return Reflect.apply(listen, this, [{ port, host: '127.0.0.1' }]) as Server;
} as typeof listen;

endWithParent();
process.argv.push(`--port=${port}`, '--headless');
await import('@portkey-ai/gateway/build/start-server.js' as string);
