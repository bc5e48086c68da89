import { createHash } from 'node:crypto';

/** Eight numbers, uniform in [0, 1), that are the same for the same parts on every machine. */
export type Draws = [number, number, number, number, number, number, number, number];

export function seededDraws(...parts: string[]): Draws {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  const draw = (index: number) => digest.readUInt32BE(index * 4) / 2 ** 32;
  return [draw(0), draw(1), draw(2), draw(3), draw(4), draw(5), draw(6), draw(7)];
}
