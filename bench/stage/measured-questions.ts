const PARAGRAPH =
  'I am preparing for an associate exam and my application runs in two private subnets behind a load balancer. ' +
  'It reads objects from a bucket, keeps its sessions in a table, sends messages to a queue and must not have a ' +
  'public address. My tutor says that traffic to these services leaves the network through a NAT gateway, which ' +
  'costs money for each gigabyte, and that there is a better way. Please explain what that way is, how it differs ' +
  'between the services that I use, what it costs, how access to it is limited, which part of it needs a route and ' +
  'which an address, whether names have to change in my code, and what I should choose for each of these services. ';

/**
 * About a kilobyte; the fake provider reads the latency from it. `index` makes each one another.
 * Each provider answers `stepMs` later than the one before.
 */
export function question(index: number, latencyMs: number, stepMs = 0): string {
  return `${PARAGRAPH}What is a VPC endpoint, and why should I use one? (${index}) [${latencyMs} ms +${stepMs}]`;
}

/** Their latencies are spread evenly over ± 25 %, the same in each run, so that jobs do not go in waves. */
export function spreadQuestions(count: number, meanLatencyMs: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    question(index, Math.round(meanLatencyMs * (0.75 + ((index * 37) % 100) / 200))),
  );
}
