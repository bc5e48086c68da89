import { bodyLimit as limitBody } from 'hono/body-limit';
import { ProblemError } from '../../shared/contract/problem.ts';

/** Refuses a body that is too large before it is parsed; one of no declared length is counted as it arrives. */
export function bodyLimit(maxBytes: number) {
  return limitBody({
    maxSize: maxBytes,
    onError: () => {
      throw new ProblemError('payload_too_large', `The body may have at most ${maxBytes} bytes.`);
    },
  });
}
