import type { ContentLanguage } from './topic.ts';
import { normalize } from './words.ts';

const PORTUGUESE = new Set(
  'o os um uma que qual quais como para por com sem entre em no na nos nas do da dos das de e eu voce quando onde porque nao sao explique diferenca'.split(
    ' ',
  ),
);
const ENGLISH = new Set(
  'the an what which how for with without between in on of and is are does do when where why not i you explain difference'.split(
    ' ',
  ),
);

/** The language that a prompt asks for by tag, else the one that its question seems to be in. */
export function contentLanguageOf(system: string, question: string): ContentLanguage {
  const tag = /BCP 47 tag "([a-z]{2,3})/i.exec(system)?.[1]?.toLowerCase();
  if (tag !== undefined) return tag === 'pt' ? 'pt' : 'en';
  const words = normalize(question).match(/\p{L}+/gu) ?? [];
  const portuguese = words.filter((word) => PORTUGUESE.has(word)).length + (/[ãõçê]/i.test(question) ? 2 : 0);
  const english = words.filter((word) => ENGLISH.has(word)).length;
  return portuguese > english ? 'pt' : 'en';
}
