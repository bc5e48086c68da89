import type { Topic } from '../topic.ts';
import { COMPUTE } from './compute.ts';
import { DATA } from './data.ts';
import { FOUNDATIONS } from './foundations.ts';
import { NETWORKING } from './networking.ts';

/** Everything that a simulated provider knows. */
export const ALL_TOPICS: readonly Topic[] = [...NETWORKING, ...COMPUTE, ...DATA, ...FOUNDATIONS];
