import { errors } from 'undici';

/**
 * The response with a body of at most `maxBytes`, counted as they are read, and so after decompression: some
 * kilobytes of gzip can become gigabytes. Reading on fails as undici does where a body is too large as sent.
 */
export function boundBody(response: Response, maxBytes: number): Response {
  if (!response.body) return response;
  let left = maxBytes;
  const bounded = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        left -= chunk.byteLength;
        if (left < 0)
          throw new errors.ResponseExceededMaxSizeError(`the body has more than ${maxBytes} bytes`);
        controller.enqueue(chunk);
      },
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(bounded, { status, statusText, headers });
}
