/** Lower case, without diacritics: the form in which questions, options and keywords are compared. */
export function normalize(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The distinct words of a text that are long enough to mean something, singular where an `s` is all there is to it. */
export function wordsOf(text: string): Set<string> {
  const words = normalize(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => word.length > 2).map((word) => word.replace(/(?<=\p{L}{3})s$/u, '')));
}

export function countShared(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of some) if (others.has(word)) shared++;
  return shared;
}

/** Whether a normalized text holds a phrase as whole words. */
export function holdsPhrase(normalized: string, phrase: string): boolean {
  for (let at = normalized.indexOf(phrase); at >= 0; at = normalized.indexOf(phrase, at + 1)) {
    const before = normalized[at - 1] ?? ' ';
    const after = normalized[at + phrase.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
