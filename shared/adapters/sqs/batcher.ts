import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import { type CallBatch, Coalescer, type CoalescerLimits } from '../aws/coalescer.ts';

/** SQS's limit for a batch. */
const MAX_BATCH = 10;
const MAX_CALLS_UNDER_WAY = 8;

/** Why one entry of a batch failed where its mates may not have. */
class EntryError extends Error {
  /** Without the namespace that SQS sometimes puts before it. */
  readonly code: string;

  constructor({ Code, Message }: BatchResultErrorEntry) {
    super(`${Code}: ${Message ?? 'no message'}`);
    this.name = 'EntryError';
    this.code = Code?.split('.').at(-1) ?? '';
  }
}

/** True where SQS says that a receipt is no longer good, in one of its three ways. */
export function isLostReceipt(error: unknown): boolean {
  if (!(error instanceof EntryError)) return false;
  if (error.code === 'InvalidParameterValue') return /does not exist|not available/.test(error.message);
  return error.code === 'ReceiptHandleIsInvalid' || error.code === 'MessageNotInflight';
}

/**
 * Coalesces single requests into batched calls; each is settled by its own entry of the response.
 * `call` gets the requests with an id for each, and returns the entries that failed.
 */
export function createBatcher<Request extends object>(
  call: (entries: (Request & { Id: string })[]) => Promise<{ Failed?: BatchResultErrorEntry[] | undefined }>,
  patience: Pick<CoalescerLimits, 'patient' | 'patienceMs'> = {},
): Coalescer<Request, undefined> {
  const callBatch: CallBatch<Request, undefined> = async (requests) => {
    const { Failed = [] } = await call(requests.map((request, index) => ({ ...request, Id: String(index) })));
    const failures = new Map(Failed.map((entry) => [entry.Id, new EntryError(entry)]));
    return requests.map((_, index) => failures.get(String(index)));
  };
  return new Coalescer(callBatch, { maxBatch: MAX_BATCH, maxUnderWay: MAX_CALLS_UNDER_WAY, ...patience });
}
