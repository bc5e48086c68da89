import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ServiceProcess } from './service-process.ts';

const SCRIPT = `
process.on('message', (message) => {
  if (message === 'die') process.exit(3);
  if (message === 'echo') process.send('heard');
});
console.log('up');
process.send('ready');
`;

let folder: string;
let service: ServiceProcess;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iscoolgpt-'));
  const script = join(folder, 'service.mjs');
  await writeFile(script, SCRIPT);
  service = new ServiceProcess({ name: 'service', args: [script], env: {} });
});
afterEach(async () => {
  await service.end('SIGKILL');
  await rm(folder, { recursive: true });
});

it('runs until it is asked to end, and says how that went', async () => {
  await service.startUntil('ready');
  expect(await service.ask('echo')).toBe('heard');
  expect(await service.end('SIGTERM')).toMatchObject({ code: null, killed: false });
  expect([service.pid, service.unasked]).toEqual([undefined, []]);
});

it('is started again when it ends by itself, and that is remembered', async () => {
  const ready = new AbortController();
  let starts = 0;
  const counted = new ServiceProcess(
    { name: 'service', args: [join(folder, 'service.mjs')], env: {} },
    {
      message: (message) => {
        if (message === 'ready') starts += 1;
        if (starts === 2) ready.abort();
      },
    },
  );
  try {
    await counted.startUntil('ready');
    const again = once(ready.signal, 'abort');
    await counted.ask('die', 100);
    await again;
    expect(counted.unasked).toEqual(['code 3: up']);
  } finally {
    await counted.end('SIGKILL');
  }
});

it('stays down once it is known to be going', async () => {
  await service.startUntil('ready');
  const gone = service.untilGone();
  await service.ask('die', 100);
  await gone;
  expect([service.pid, service.unasked]).toEqual([undefined, []]);
});

it('is started once, however many start it', async () => {
  await service.startUntil('ready');
  const { pid } = service;
  service.start();
  expect(service.pid).toBe(pid);
});

it('is taken down and up again by one at a time, even where one of them fails', async () => {
  const order: string[] = [];
  const first = service.exclusively(async () => {
    order.push('first begins');
    await Promise.resolve();
    order.push('first ends');
    throw new Error('no');
  });
  const second = service.exclusively(async () => void order.push('second'));
  await expect(first).rejects.toThrow('no');
  await second;
  expect(order).toEqual(['first begins', 'first ends', 'second']);
});
