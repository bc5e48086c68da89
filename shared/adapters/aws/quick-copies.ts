/** V8 looks closer at a place in the code once it has run for a while; all of them take 10 µs. */
const READS = 1000;

/**
 * Of an SDK client's config each request makes four copies, at a third of what the request costs without its socket:
 * V8 keeps an object that has got many properties one by one as a hash table, and copies it eight times as slowly as
 * one in its usual form. It gives that form to an object through which others inherit what is read. Where another
 * engine does not, nothing changes.
 */
export function makeQuickToCopy(config: object): void {
  const heir: { region?: unknown } = Object.create(config);
  for (let time = 0; time < READS; time += 1) void heir.region;
}
