import type { FieldError, Problem, ProblemCode } from '../../shared/contract/problem.ts';

/** What the server refused or failed at, from its problem details (RFC 9457). */
export class ApiError extends Error {
  /** `unrecognized`: what answered does not speak this API, such as a proxy's own error page. */
  readonly code: ProblemCode | 'unrecognized';
  readonly status: number;
  /** Which fields of the request are wrong, and how. */
  readonly errors: FieldError[];
  /** Seconds after which the same request makes sense again, where the server said so. */
  readonly retryAfterSeconds: number | undefined;
  /** What to name when reporting the error: the server's log knows the request by it. */
  readonly requestId: string | undefined;

  constructor(
    message: string,
    from: Pick<ApiError, 'code' | 'status' | 'errors' | 'retryAfterSeconds' | 'requestId'>,
  ) {
    super(message);
    this.name = 'ApiError';
    this.code = from.code;
    this.status = from.status;
    this.errors = from.errors;
    this.retryAfterSeconds = from.retryAfterSeconds;
    this.requestId = from.requestId;
  }
}

/** The server was not reached, or fell silent before its response was whole. */
export class NetworkError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'NetworkError';
  }
}

/** Retry-After of RFC 9110, in milliseconds: whole seconds or an HTTP date; undefined where it is neither. */
export function parseRetryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error that a response stands for; reads its body. */
export async function errorOf(response: Response, nowMs: number): Promise<ApiError> {
  const problem = parseJson(await response.text());
  const retryAfterMs = parseRetryAfterMs(response.headers.get('Retry-After'), nowMs);
  const common = {
    status: response.status,
    retryAfterSeconds: retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000),
    requestId: response.headers.get('X-Request-Id') ?? undefined,
  };
  if (isProblem(problem)) {
    return new ApiError(problem.detail, { ...common, code: problem.code, errors: problem.errors ?? [] });
  }
  return new ApiError(`the server answered with status ${response.status} and no explanation`, {
    ...common,
    code: 'unrecognized',
    errors: [],
  });
}

/** The body of a response that was promised to be JSON. */
export async function jsonOf<T>(response: Response): Promise<T> {
  const value = parseJson(await response.text());
  if (typeof value === 'object' && value !== null) return value as T;
  throw new ApiError('what answered is not an IsCoolGPT server: its body is not JSON', {
    code: 'unrecognized',
    status: response.status,
    errors: [],
    retryAfterSeconds: undefined,
    requestId: response.headers.get('X-Request-Id') ?? undefined,
  });
}
