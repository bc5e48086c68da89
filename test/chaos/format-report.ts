import type { ChaosReport } from './report.ts';

type Row = readonly [string, string];

const seconds = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`);

function formatSpread({ n, p50, p99, max }: ChaosReport['recovery_ms']['clean']): string {
  return n === 0 ? 'none' : `${n} jobs: p50 ${seconds(p50)}, p99 ${seconds(p99)}, max ${seconds(max)}`;
}

const formatTally = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ') || 'none';

function rowsOf({ jobs, calls, faults, recovery_ms, stops, ended_unasked }: ChaosReport): Row[] {
  return [
    ['jobs accepted', `${jobs.accepted} of ${jobs.planned}`],
    ['submits refused', formatTally(jobs.submits_refused)],
    ['jobs lost', String(jobs.lost)],
    ['jobs by end', formatTally(jobs.by_end)],
    ['poison, unplanned', String(jobs.poison_unplanned)],
    ['faults', formatTally(faults)],
    [
      'calls seen',
      `${calls.seen}, of them ${calls.repeated} repeated, ${calls.refused_by_rate} refused by rate`,
    ],
    [
      'ledger lines',
      `${calls.in_ledgers}, of them ${calls.outcome_unknown} of unknown outcome, ${calls.broken_off} broken off`,
    ],
    ['recovery', formatSpread(recovery_ms.clean)],
    ['recovery, disturbed', formatSpread(recovery_ms.disturbed)],
    ['stops', `${stops.n}, the longest ${seconds(stops.max_ms)}, ${stops.killed} killed in the end`],
    ['ended unasked', String(ended_unasked.length)],
  ];
}

/** A run as a table, and what to look at where it failed. */
export function formatReport(report: ChaosReport): string {
  const rows = rowsOf(report);
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
  if (report.missed.length === 0) return `${table}\n\nEvery bar was met.`;
  return [
    table,
    '',
    `MISSED, with seed ${report.seed}:`,
    ...report.missed.map((line) => `- ${line}`),
    'Look at the job in the table (GET /v1/jobs/{id}), at the log lines with its job_id, and at the faults before it.',
  ].join('\n');
}
