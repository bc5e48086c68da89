import { once } from 'node:events';
import { createServer } from 'node:http';
import { runService } from '../../../shared/run-service.ts';

/** In the API's place: it is ready, and shows what it was told. */
await runService(async () => {
  if (process.env.STAND_IN_EXIT) process.exit(Number(process.env.STAND_IN_EXIT));
  const server = createServer((request, response) => {
    if (request.url === '/exit') process.exit(3);
    response.end(JSON.stringify({ pid: process.pid, env: process.env }));
  });
  server.listen(Number(process.env.PORT), process.env.HOST);
  await once(server, 'listening');
  return {
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
});
