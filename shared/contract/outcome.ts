/**
 * What came of one call to a provider, in one set for all of them.
 * `ok` and `truncated` carry text; every other outcome is a failure of that attempt.
 */
export const OUTCOMES = [
  'ok',
  'truncated',
  'filtered',
  'refused',
  'empty',
  'rate_limited',
  'quota_exhausted',
  'overloaded',
  'timeout',
  'aborted',
  'bad_request',
  'auth',
  'model_not_found',
  'bad_response',
  'network',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** An outcome whose text is kept as the provider's answer. */
export type AnswerOutcome = Extract<Outcome, 'ok' | 'truncated'>;

export type FailureOutcome = Exclude<Outcome, AnswerOutcome>;

/** Tokens as the provider reports them. */
export interface Usage {
  input_tokens: number;
  output_tokens: number;
}

/** The result of one call. Whether to try again is decided here, where the error is known, and nowhere else. */
export type Completion =
  | {
      outcome: AnswerOutcome;
      text: string;
      /** The provider's own finish reason, unmapped. */
      finish: string;
      usage: Usage | null;
    }
  | {
      outcome: FailureOutcome;
      /** One sentence for the job's reader; never a secret, never a stack. */
      message: string;
      retryable: boolean;
      /** How long the provider asked to wait, in milliseconds. */
      retryAfterMs?: number;
      /** True where the provider may charge although no answer came back. */
      possiblyBilled: boolean;
      finish?: string;
      usage?: Usage | null;
    };
