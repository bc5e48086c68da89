import { createDraws } from '../eval-aggregate/seeded.ts';

/** A question, in seconds from the beginning: when it comes, and how long it takes once it runs. */
export interface Arrival {
  at: number;
  takes: number;
}

export interface Workload {
  name: string;
  /** How it is said in a table. */
  what: string;
  /** Until when questions come. */
  seconds: number;
  /** Questions a second at a time. */
  rate: (at: number) => number;
  /** The median time that a job takes; a tenth takes twice as long, or longer. */
  takes: (at: number) => number;
}

const MINUTE = 60;
const HOUR = 3600;
/** Of the logarithm: the ninth decile is twice the median. */
const SPREAD = 0.54;

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'steady',
    what: '4 a second for an hour',
    seconds: HOUR,
    rate: () => 4,
    takes: () => 6,
  },
  {
    name: 'burst',
    what: '1 a second; 30 a second for 5 minutes',
    seconds: HOUR,
    rate: (at) => (at >= 20 * MINUTE && at < 25 * MINUTE ? 30 : 1),
    takes: () => 6,
  },
  {
    name: 'ramp',
    what: 'from none to 25 a second and back, in 2 hours',
    seconds: 2 * HOUR,
    rate: (at) => 25 * (1 - Math.abs(at / HOUR - 1)),
    takes: () => 6,
  },
  {
    name: 'long jobs',
    what: '1 a second for 20 minutes, then 1 in 10 seconds; each takes 5 minutes',
    seconds: 2 * HOUR,
    rate: (at) => (at < 20 * MINUTE ? 1 : 0.1),
    takes: () => 300,
  },
  {
    name: 'slow providers',
    what: '4 a second; for half an hour they take 60 s in place of 6',
    seconds: 2 * HOUR,
    rate: () => 4,
    takes: (at) => (at >= 30 * MINUTE && at < 60 * MINUTE ? 60 : 6),
  },
];

/** Standard normal, by Box and Muller. */
function normal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

/** The questions of a workload: a Poisson process, the same for the same seed. */
export function drawArrivals(workload: Workload, seed: number): Arrival[] {
  const draw = createDraws(seed);
  const most = Math.max(...Array.from({ length: workload.seconds }, (_, at) => workload.rate(at)));
  const arrivals: Arrival[] = [];
  for (let at = 0; ; ) {
    at -= Math.log(1 - draw()) / most;
    if (at >= workload.seconds) return arrivals;
    // Thinned: where the rate is lower than the highest, some of them do not come.
    if (draw() * most > workload.rate(at)) continue;
    arrivals.push({ at, takes: workload.takes(at) * Math.exp(SPREAD * normal(draw)) });
  }
}
