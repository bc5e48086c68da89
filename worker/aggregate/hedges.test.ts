import { expect, test } from 'vitest';
import { countHedges } from './hedges.ts';

test.each([
  ['It might be B, perhaps; it is hard to say.', 3],
  ['Talvez seja a B, provavelmente; depende.', 3],
  ['Não está claro: pode ser a D.', 2],
  ['The closest option would be C, although none of the above fits.', 2],
  ['Amazon S3 keeps objects in three zones.', 0],
  ['O S3 guarda objetos em três zonas.', 0],
])('%j hedges %i times', (text, count) => {
  expect(countHedges(text)).toBe(count);
});
