import { runService } from '../../../shared/run-service.ts';
import { startSupervisor } from '../../supervisor.ts';
import { standIns } from '../commands.ts';

/** `npm start` with stand-ins: prints the address once it is ready. */
await runService(async () => {
  const panel = [{ id: 'simulated', model: 'm' }];
  const supervisor = await startSupervisor({ env: process.env, panel, port: 0, commands: standIns });
  process.stdout.write(`${supervisor.address}\n`);
  return supervisor;
});
