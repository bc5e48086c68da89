import { checkEdge } from './check-edge.ts';
import { checkIncoming } from './check-incoming.ts';
import { checkMetrics } from './check-metrics.ts';
import { checkOutgoing } from './check-outgoing.ts';
import { checkPermissions } from './check-permissions.ts';
import { checkStore } from './check-store.ts';
import { checkTasks } from './check-tasks.ts';
import { checkTracing } from './check-tracing.ts';
import type { Finding } from './finding.ts';
import type { Stack } from './stack.ts';

const CHECKS = [
  checkIncoming,
  checkOutgoing,
  checkTasks,
  checkPermissions,
  checkMetrics,
  checkStore,
  checkEdge,
  checkTracing,
];

/** Everything that is wrong with the stack: what a packet, a secret, a metric and a log line need, end to end. */
export function prove(stack: Stack): Finding[] {
  return CHECKS.flatMap((check) => check(stack));
}
