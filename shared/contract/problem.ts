import { z } from 'zod';

/** Every error before acceptance: its HTTP status and title. The core names the code; the transport maps it here. */
export const PROBLEMS = {
  malformed_json: [400, 'The body is not valid JSON'],
  invalid_request: [400, 'The request is not valid'],
  unauthorized: [401, 'A valid API key is needed'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'The method is not allowed here'],
  not_acceptable: [406, 'None of the accepted types can be served'],
  request_timeout: [408, 'The request took too long to arrive'],
  cancel_first: [409, 'The job has not ended: cancel it first'],
  already_ended: [409, 'The job has already ended'],
  still_running: [409, 'The job has not ended yet'],
  no_answers: [409, 'The job has no usable answer to merge'],
  deleted: [409, 'The job of this key was deleted'],
  payload_too_large: [413, 'The body is too large'],
  unsupported_media_type: [415, 'The body must be application/json'],
  misdirected: [421, 'This host is not served here'],
  idempotency_mismatch: [422, 'The key was used with another request'],
  rate_limited: [429, 'Too many requests'],
  quota_exceeded: [429, 'The daily quota is used up'],
  too_many_streams: [429, 'Too many open streams'],
  request_header_fields_too_large: [431, 'A request header is too large'],
  internal: [500, 'Something failed here'],
  unavailable: [503, 'The service is briefly unavailable'],
  submit_unconfirmed: [503, 'The job is stored but not confirmed'],
  backlog_full: [503, 'Too many jobs are waiting'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export interface FieldError {
  /** JSON Pointer into the body, or `header:Name` / `query:name` / `path:name`. */
  at: string;
  message: string;
}

/** RFC 9457, with `code`, `request_id` and `errors` beside its own members. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    request_id: z.string(),
    errors: z.array(z.object({ at: z.string(), message: z.string() })),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problemSchema>;

/** An error that a caller can do something about. `detail` says what was wrong and what to do. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly errors: FieldError[];
  /** Seconds after which a retry makes sense. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    options: { errors?: FieldError[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
