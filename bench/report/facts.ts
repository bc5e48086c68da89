import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** What a number depends on besides the code. */
export function machineFacts() {
  return {
    node: process.version,
    system: `${platform()} ${release()} ${arch()}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memory_gb: Math.round(totalmem() / 2 ** 30),
    /** Of the last minute; well above the cores, somebody else was working too. */
    load: loadavg()[0] ?? 0,
  };
}
