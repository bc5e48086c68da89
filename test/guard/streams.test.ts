import { expect, it } from 'vitest';
import { measureStreams } from './support/measure-streams.ts';

it('200 event streams cost little each, all show the end of their job, and leave nothing behind', async () => {
  const figures = await measureStreams({ streams: 200, jobs: 40, idleMs: 500 });
  expect(figures).toMatchObject({ streams_that_saw_the_end: 200, watched_after: 0 });
  expect(figures.heap_per_stream_kb, JSON.stringify(figures)).toBeLessThan(100);
  expect(figures.rss_per_stream_kb, JSON.stringify(figures)).toBeLessThan(600);
}, 60_000);
