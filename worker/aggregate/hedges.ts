import { foldWord } from './text.ts';

/** Words by which a text keeps its distance from what it says, English and Portuguese. */
const HEDGE = new RegExp(
  `\\b(?:${[
    'may|might|could|maybe|perhaps|possibly|probably|likely|presumably|seems?|appears?|approximately|roughly',
    'assum(?:e|es|ed|ing|ption)|suppos(?:e|ing)|unclear|uncertain|unsure|however|cannot|closest',
    'not (?:sure|certain|clear|enough|listed|provided|given)|none of|hard to say|depends',
    'talvez|provavelmente|possivelmente|supostamente|parece|aproximadamente|porem|entretanto|depende',
    'pode ser|poderia|poderiam|supondo|assumindo|incert[ao]|mais proxim[ao]|nenhuma? d[aeo]s?',
    'nao (?:esta claro|tenho certeza|e possivel|foi fornecid[ao])|dificil dizer',
  ].join('|')})\\b`,
  'g',
);

export function countHedges(plain: string): number {
  return foldWord(plain).match(HEDGE)?.length ?? 0;
}
