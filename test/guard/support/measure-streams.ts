import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ALICE } from '../../../api/testing/api-fixture.ts';
import { openSocket } from './guarded-api.ts';
import type { ServerFigures, StreamCommand } from './stream-server.ts';

export interface StreamFigures {
  streams: number;
  jobs: number;
  opened_ms: number;
  rss_before_mb: number;
  rss_open_mb: number;
  rss_per_stream_kb: number;
  heap_per_stream_kb: number;
  /** Of one core, while nothing happens to any job. */
  idle_cpu_percent: number;
  /** From the end of the first job until every stream has shown the end of its own. */
  all_ended_ms: number;
  streams_that_saw_the_end: number;
  watched_after: number;
}

/** Streams opened at once while others wait: more would overflow the backlog of the listening socket. */
const AT_ONCE = 100;

/** Opens a stream; `ended` resolves to true once it has shown its job's end and was closed. */
async function follow(port: number, id: string): Promise<{ socket: Socket; ended: Promise<boolean> }> {
  const socket = await openSocket(port);
  const begun = Promise.withResolvers<void>();
  let sawEnd = false;
  let tail = '';
  socket.on('data', (chunk) => {
    const text = tail + chunk.toString('latin1');
    sawEnd ||= text.includes('"done":true');
    tail = text.slice(-20);
    if (text.includes('\nid: ')) begun.resolve();
  });
  const ended = new Promise<boolean>((resolve) => {
    socket.once('close', () => {
      begun.reject(new Error(`the stream of ${id} ended before its first event: ${tail}`));
      resolve(sawEnd);
    });
  });
  socket.write(
    `GET /v1/jobs/${id}/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ALICE}\r\nConnection: close\r\n\r\n`,
  );
  await begun.promise;
  return { socket, ended };
}

/** Serves in a process of its own, follows from this one. */
export async function measureStreams(options: {
  streams: number;
  jobs: number;
  idleMs: number;
}): Promise<StreamFigures> {
  const { streams, jobs, idleMs } = options;
  const server = fork(join(import.meta.dirname, 'stream-server.ts'), { execArgv: ['--expose-gc'] });
  const exited = once(server, 'exit');
  const died = exited.then(([code]) => {
    throw new Error(`the server ended by itself with ${code}: see above`);
  });
  // Whoever asks it something hears of it.
  died.catch(() => {});
  const ask = async <T>(command: StreamCommand): Promise<T> => {
    server.send(command);
    const [answer] = await Promise.race([once(server, 'message'), died]);
    return answer as T;
  };
  const followed: Awaited<ReturnType<typeof follow>>[] = [];
  try {
    const { port, ids } = await ask<{ port: number; ids: string[] }>({ ask: 'start', jobs });
    const before = await ask<ServerFigures>({ ask: 'figures' });
    const began = performance.now();
    while (followed.length < streams) {
      const wanted = Math.min(AT_ONCE, streams - followed.length);
      const opening = Array.from({ length: wanted }, (_, index) =>
        follow(port, ids[(followed.length + index) % jobs] ?? ''),
      );
      followed.push(...(await Promise.all(opening)));
    }
    const openedMs = performance.now() - began;
    const open = await ask<ServerFigures>({ ask: 'figures' });
    // Nothing is awaited here: this is the time over which an idle server is measured.
    await sleep(idleMs);
    const idle = await ask<ServerFigures>({ ask: 'figures' });
    const ending = performance.now();
    await ask<ServerFigures>({ ask: 'end jobs' });
    const ended = await Promise.all(followed.map((one) => one.ended));
    const allEndedMs = performance.now() - ending;
    const after = await ask<ServerFigures>({ ask: 'figures' });
    const mb = (bytes: number) => Math.round(bytes / 1024 / 1024);
    const kbEach = (bytes: number) => Math.round(bytes / 1024 / streams);
    return {
      streams,
      jobs,
      opened_ms: Math.round(openedMs),
      rss_before_mb: mb(before.rssBytes),
      rss_open_mb: mb(idle.rssBytes),
      rss_per_stream_kb: kbEach(idle.rssBytes - before.rssBytes),
      heap_per_stream_kb: kbEach(idle.heapBytes - before.heapBytes),
      idle_cpu_percent: Math.round((100 * (idle.cpuMs - open.cpuMs)) / idleMs),
      all_ended_ms: Math.round(allEndedMs),
      streams_that_saw_the_end: ended.filter((sawEnd) => sawEnd).length,
      watched_after: after.watched,
    };
  } finally {
    for (const { socket } of followed) socket.destroy();
    if (server.connected) server.disconnect();
    await exited;
  }
}
