/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function createDraws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A new order for `items`, all orders equally likely. */
export function shuffle<T>(items: readonly T[], draw: () => number): T[] {
  const keyed = items.map((item) => ({ item, key: draw() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** `count` parts of about the same size, each item in one of them. */
export function splitFolds<T>(items: readonly T[], count: number, seed: number): T[][] {
  const shuffled = shuffle(items, createDraws(seed));
  return Array.from({ length: count }, (_, fold) => shuffled.filter((_, index) => index % count === fold));
}
