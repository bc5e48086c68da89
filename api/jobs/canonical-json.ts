function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}

/** JSON with its keys in order: requests that say the same hash the same. Expects what JSON.parse gives. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

/** True where a text or a key in it cannot be written in UTF-8. JSON.stringify escapes such halves, and pairs never. */
export function hasLoneSurrogate(value: unknown): boolean {
  return /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(value));
}
