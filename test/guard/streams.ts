import { parseArgs } from 'node:util';
import { measureStreams } from './support/measure-streams.ts';

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '5000' },
    jobs: { type: 'string', default: '5000' },
    'idle-seconds': { type: 'string', default: '10' },
  },
});

const figures = await measureStreams({
  streams: Number(values.streams),
  jobs: Number(values.jobs),
  idleMs: Number(values['idle-seconds']) * 1000,
});
console.log(JSON.stringify(figures, null, 2));
