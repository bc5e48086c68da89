/** Frequent words that a text in this language can hardly avoid, and that its neighbours hardly share. */
const MARKERS = {
  en: 'the of and is are to for that with it this not have has you your can be by or from which was',
  pt: 'nao e sao uma um em do da dos das na nas ao aos os ou com mais voce pelo pela isso seu sua',
};
export type Marked = keyof typeof MARKERS;
export const MARKED_LANGUAGES = Object.keys(MARKERS) as Marked[];
export const MARKED_BY: ReadonlyMap<string, Marked> = new Map(
  MARKED_LANGUAGES.flatMap((language) =>
    MARKERS[language].split(' ').map((word) => [word, language] as const),
  ),
);
