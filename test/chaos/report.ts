import type { Verdict } from './audit.ts';
import type { Followed } from './load.ts';
import type { Profile } from './profile.ts';
import type { Disturbance, Recoveries } from './recoveries.ts';

/** What was found about one job. */
export interface JobFinding {
  id: string;
  number: number;
  status: string;
  error?: string | undefined;
  verdict?: Verdict;
  /** Promises that were broken. */
  broken: string[];
}

export interface StopSeen {
  name: string;
  from: number;
  ms: number;
  killed: boolean;
  code: number | null;
}

/** In milliseconds; null where nothing was measured. */
interface Spread {
  n: number;
  p50: number | null;
  p99: number | null;
  max: number | null;
}

export interface ChaosReport {
  seed: number;
  seconds: number;
  profile: Profile;
  jobs: {
    planned: number;
    accepted: number;
    never_accepted: number;
    /** Submits that were not accepted, by what came instead. */
    submits_refused: Record<string, number>;
    lost: number;
    by_end: Record<string, number>;
    poison_unplanned: number;
  };
  calls: {
    seen: number;
    in_ledgers: number;
    outcome_unknown: number;
    broken_off: number;
    refused_by_rate: number;
    /** Calls to one provider for one job beyond the first, whatever became of that. */
    repeated: number;
  };
  faults: Record<string, number>;
  recovery_ms: { clean: Spread; disturbed: Spread; kills_unmeasured: number };
  stops: { n: number; max_ms: number; killed: number };
  ended_unasked: string[];
  /** Bars that were missed, each in one line; none: the run has passed. */
  missed: string[];
}

export interface Findings {
  seed: number;
  profile: Profile;
  seconds: number;
  followed: readonly Followed[];
  findings: readonly JobFinding[];
  recoveries: Pick<Recoveries, 'measured' | 'unmeasured'>;
  faults: readonly Disturbance[];
  stops: readonly StopSeen[];
  refusedByRate: number;
  unasked: readonly string[];
}

/** A job of a killed worker has another one within the visibility and this long. */
const RECOVERY_SLACK_MS = 5000;
const SHOWN = 20;

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function spreadOf(ms: readonly number[]): Spread {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
  return { n: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? null };
}

function missedBars({ findings, recoveries, profile }: Findings): string[] {
  const broken = findings
    .filter((finding) => finding.broken.length > 0)
    .map(({ number, id, broken: what }) => `job ${number} (${id}): ${what.join('; ')}`);
  const limitMs = profile.visibilitySeconds * 1000 + RECOVERY_SLACK_MS;
  const slow = recoveries.measured
    .filter(({ clean, ms }) => profile.judgesRecovery && clean && ms > limitMs)
    .map(({ job_id, worker, ms }) => `job ${job_id} of ${worker} had nobody for ${ms} ms, over ${limitMs}`);
  const more = broken.length > SHOWN ? [`… and ${broken.length - SHOWN} more jobs`] : [];
  return [...broken.slice(0, SHOWN), ...more, ...slow.slice(0, SHOWN)];
}

export function makeReport(found: Findings): ChaosReport {
  const { seed, seconds, profile, followed, findings, recoveries, stops } = found;
  const verdicts = findings.flatMap(({ verdict }) => (verdict ? [verdict] : []));
  const accepted = followed.filter(({ id }) => id !== undefined);
  const planned = new Set(profile.poisonJobs);
  const recovered = (clean: boolean) =>
    spreadOf(recoveries.measured.filter((one) => one.clean === clean).map(({ ms }) => ms));
  return {
    seed,
    seconds: Math.round(seconds * 10) / 10,
    profile,
    jobs: {
      planned: profile.jobs,
      accepted: accepted.length,
      never_accepted: followed.length - accepted.length,
      submits_refused: tally(followed.flatMap(({ refusals }) => refusals)),
      lost: followed.filter(({ lost }) => lost !== undefined).length,
      by_end: tally(findings.map(({ status, error }) => (error ? `${status}: ${error}` : status))),
      poison_unplanned: findings.filter(({ number, error }) => error === 'poison' && !planned.has(number))
        .length,
    },
    calls: {
      seen: sum(verdicts.map(({ calls }) => calls)),
      in_ledgers: sum(verdicts.map(({ lines }) => lines)),
      outcome_unknown: sum(verdicts.map(({ unknown }) => unknown)),
      broken_off: sum(verdicts.map(({ lost_on_the_way }) => lost_on_the_way)),
      refused_by_rate: found.refusedByRate,
      repeated: sum(verdicts.map(({ repeated }) => repeated)),
    },
    faults: tally(found.faults.map(({ what }) => what)),
    recovery_ms: {
      clean: recovered(true),
      disturbed: recovered(false),
      kills_unmeasured: recoveries.unmeasured,
    },
    stops: {
      n: stops.length,
      max_ms: Math.round(Math.max(0, ...stops.map(({ ms }) => ms))),
      killed: stops.filter(({ killed }) => killed).length,
    },
    ended_unasked: [...found.unasked],
    missed: missedBars(found),
  };
}
