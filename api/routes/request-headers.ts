/**
 * Headers of a request, as OpenAPI describes them. Each may be any text: a schema would refuse none, and for it all
 * headers would have to be parsed, which is a good part of a poll.
 */
function requestHeader(name: string, description: string, pattern?: string) {
  return {
    schema: { type: 'string' as const, ...(pattern === undefined ? {} : { pattern }), description },
    required: false,
    description,
    name,
    in: 'header' as const,
  };
}

export const PREFER_HEADER = requestHeader(
  'Prefer',
  'wait=N holds the response back until the job is done, for N seconds at most.',
);

export const IF_NONE_MATCH_HEADER = requestHeader(
  'If-None-Match',
  'The ETag last seen: 304 where the job has not changed since.',
);

export const LAST_EVENT_ID_HEADER = requestHeader(
  'Last-Event-ID',
  'The id of the last event seen: the stream goes on after it.',
);

export const IDEMPOTENCY_KEY_HEADER = requestHeader(
  'Idempotency-Key',
  'Up to 255 printable characters: the same key with the same request is the same job.',
  // What `parseIdempotencyKey` accepts: bare, without space at its ends, or in quotes.
  '^(?:[!#-~](?:[ -~]{0,253}[!-~])?|"(?:[ !#-\\[\\]-~]|\\\\["\\\\]){1,255}")$',
);

export const SUBMIT_HEADERS = [PREFER_HEADER, IDEMPOTENCY_KEY_HEADER];
