import type { ProviderErrorCode } from '../../../../shared/contract/job.ts';
import type { ProblemCode } from '../../../../shared/contract/problem.ts';
import type { JobView } from '../../../client.ts';

export const providerError: Record<ProviderErrorCode, string> = {
  ok: 'answered',
  truncated: 'its answer was cut short',
  filtered: 'its own content filter stopped the answer',
  refused: 'it refused to answer',
  empty: 'its answer was empty',
  rate_limited: 'it is being asked too often',
  quota_exhausted: 'its quota is used up',
  overloaded: 'it is overloaded',
  timeout: 'it took too long',
  aborted: 'the call was stopped',
  bad_request: 'it did not accept the request',
  auth: 'it did not accept the key',
  model_not_found: 'it does not know the model',
  bad_response: 'its response could not be read',
  network: 'it was not reached',
  breaker_open: 'it failed too often lately and is given a rest',
  attempt_cap: 'it was tried as often as is allowed',
  not_consulted: 'it was not needed',
  unconfigured: 'no worker has a key for it',
};

export const jobError: Record<NonNullable<JobView['error']>['code'], string> = {
  no_usable_answer: 'No provider gave an answer that could be used.',
  deadline_exceeded: 'The deadline passed before the answers were merged.',
  poison: 'The job failed on every worker that took it.',
  expired: 'The deadline passed before a worker took the job. Nothing was called, nothing was spent.',
};

export const problem: Record<ProblemCode | 'unrecognized', string> = {
  malformed_json: 'The server could not read the request.',
  invalid_request: 'The server did not accept the request.',
  unauthorized: 'This server asks for an API key.',
  not_found: 'There is no such job, or it belongs to another key.',
  method_not_allowed: 'The server does not do that here.',
  not_acceptable: 'The server cannot answer in the form asked for.',
  request_timeout: 'The request took too long to reach the server.',
  cancel_first: 'The job has not ended: cancel it first.',
  already_ended: 'The job had already ended.',
  still_running: 'The job has not ended yet.',
  no_answers: 'The job has no usable answer to merge.',
  deleted: 'That job was deleted.',
  payload_too_large: 'The question is too long.',
  unsupported_media_type: 'The server could not read the request.',
  misdirected: 'This server is not served under this address.',
  idempotency_mismatch: 'The same request was already sent with other content.',
  rate_limited: 'Too many questions in a short time.',
  quota_exceeded: 'The questions of today are used up.',
  too_many_streams: 'Too many questions are being followed at once.',
  request_header_fields_too_large: 'The request was too large.',
  internal: 'Something failed on the server.',
  unavailable: 'The service is briefly unavailable.',
  submit_unconfirmed:
    'The question is stored, but not yet confirmed. Ask again to confirm it; it will not run twice.',
  backlog_full: 'Too many jobs are waiting.',
  unrecognized: 'What answered is not an IsCoolGPT server.',
};
