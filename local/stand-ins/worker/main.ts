import { runService } from '../../../shared/run-service.ts';

/** In the worker's place: it runs until it is stopped, and where STAND_IN_STUCK is set until it is killed. */
await runService(async () => {
  const running = setInterval(() => {}, 60_000);
  return {
    async stop() {
      if (process.env.STAND_IN_STUCK) {
        process.removeAllListeners('SIGTERM').on('SIGTERM', () => {});
        await new Promise(() => {});
      }
      clearInterval(running);
    },
  };
});
