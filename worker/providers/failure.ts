import type { Completion, FailureOutcome, Usage } from '../../shared/contract/outcome.ts';
import { machineWord, redactSecrets } from './redact.ts';

export type Failure = Extract<Completion, { outcome: FailureOutcome }>;

/** A provider's error, whatever wire it came over. */
export interface ErrorReply {
  /** HTTP status, or the code inside an error object that came under status 200. */
  status: number;
  /** The provider's machine-readable codes: OpenAI's `code` and `type`, Google's `status` and `reason`. */
  codes: string[];
  /** The provider's own words; redacted before anyone sees them. */
  detail?: string;
  retryAfterMs?: number;
}

/** Outcomes that waiting can mend. The others stay as they are until someone acts. */
const RETRYABLE: ReadonlySet<FailureOutcome> = new Set([
  'empty',
  'rate_limited',
  'overloaded',
  'timeout',
  'bad_response',
  'network',
]);

/** What a code says whatever the status: providers disagree about statuses more than about codes. */
const OUTCOME_OF_CODE: Readonly<Record<string, FailureOutcome>> = {
  insufficient_quota: 'quota_exhausted',
  billing_hard_limit_reached: 'quota_exhausted',
  billing_not_active: 'quota_exhausted',
  spend_limit_reached: 'quota_exhausted',
  usage_limit_reached: 'quota_exhausted',
  model_not_found: 'model_not_found',
  model_not_supported: 'model_not_found',
  invalid_api_key: 'auth',
  API_KEY_INVALID: 'auth',
  // Google answers 400 FAILED_PRECONDITION where the account may not use the API at all (region, billing).
  FAILED_PRECONDITION: 'auth',
  content_filter: 'filtered',
  content_policy_violation: 'filtered',
  slow_down: 'overloaded',
};

const OUTCOME_OF_STATUS: Readonly<Record<number, FailureOutcome>> = {
  401: 'auth',
  402: 'quota_exhausted',
  403: 'auth',
  404: 'model_not_found',
  408: 'timeout',
  409: 'overloaded',
  410: 'model_not_found',
  425: 'overloaded',
  429: 'rate_limited',
};

/** Behind these a model may have run to its end although a gateway gave up. */
const POSSIBLY_BILLED_STATUSES: ReadonlySet<number> = new Set([408, 502, 504, 524]);

/** Maps an error reply to its outcome. */
export function failureOfReply(reply: ErrorReply, secret: string | undefined): Failure {
  const outcome = outcomeOf(reply);
  return fail(outcome, describe(outcome, reply, secret), {
    possiblyBilled: POSSIBLY_BILLED_STATUSES.has(reply.status),
    retryAfterMs: reply.retryAfterMs,
  });
}

function outcomeOf({ status, codes }: ErrorReply): FailureOutcome {
  for (const code of codes) {
    const outcome = OUTCOME_OF_CODE[code];
    if (outcome !== undefined) return outcome;
  }
  const outcome = OUTCOME_OF_STATUS[status];
  if (outcome !== undefined) return outcome;
  if (status >= 500) return 'overloaded';
  return status >= 400 ? 'bad_request' : 'bad_response';
}

const EXPLANATION: Readonly<Record<FailureOutcome, string>> = {
  filtered: "The provider's content filter withheld the answer",
  refused: 'The model refused to answer',
  empty: 'The provider sent no text',
  rate_limited: 'The provider limits our rate of calls',
  quota_exhausted: "The account's quota or credit with the provider is used up",
  overloaded: 'The provider is overloaded or failing',
  timeout: 'The provider did not answer in time',
  aborted: 'The call was stopped before the provider answered',
  bad_request: 'The provider rejected the request',
  auth: 'The provider does not accept our key, account or region',
  model_not_found: 'The provider does not serve this model',
  bad_response: 'The provider sent something that is not a valid answer',
  network: 'The connection to the provider failed',
};

function describe(outcome: FailureOutcome, reply: ErrorReply, secret: string | undefined): string {
  const [code] = reply.codes.flatMap((candidate) => machineWord(candidate, secret) ?? []);
  const head = `${EXPLANATION[outcome]} (HTTP ${reply.status}${code === undefined ? '' : ` ${code}`})`;
  // Providers echo parts of the key in these, masked each in its own way.
  const detail = outcome === 'auth' ? '' : redactSecrets(reply.detail ?? '', secret);
  return detail === '' ? `${head}.` : `${head}: ${detail}`;
}

export interface FailureFacts {
  /** Replaces nothing: follows the outcome's own sentence in parentheses. */
  note?: string;
  retryable?: boolean;
  retryAfterMs?: number | undefined;
  possiblyBilled: boolean;
  finish?: string;
  usage?: Usage | null;
}

/** A failure described by its outcome alone. */
export function failureOf(outcome: FailureOutcome, facts: FailureFacts): Failure {
  const note = facts.note === undefined ? '' : ` (${facts.note})`;
  return fail(outcome, `${EXPLANATION[outcome]}${note}.`, facts);
}

function fail(outcome: FailureOutcome, message: string, facts: FailureFacts): Failure {
  const retryable = facts.retryable ?? RETRYABLE.has(outcome);
  return {
    outcome,
    message,
    retryable,
    possiblyBilled: facts.possiblyBilled,
    // A wait means nothing where no retry follows.
    ...(retryable && facts.retryAfterMs !== undefined && { retryAfterMs: facts.retryAfterMs }),
    ...(facts.finish !== undefined && { finish: facts.finish }),
    ...(facts.usage !== undefined && { usage: facts.usage }),
  };
}
