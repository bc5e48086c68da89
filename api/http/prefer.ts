/**
 * `wait` of a Prefer header (RFC 7240) in seconds, capped; undefined where it asks for none.
 * A preference is a wish: what cannot be parsed is ignored.
 */
export function preferredWaitSeconds(prefer: string | undefined, maxSeconds: number): number | undefined {
  for (const preference of prefer?.split(',') ?? []) {
    const [, seconds] = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;.*)?$/i.exec(preference) ?? [];
    if (seconds !== undefined) return Math.min(Number(seconds), maxSeconds);
  }
  return undefined;
}
