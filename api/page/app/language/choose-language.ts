import { en, type Messages } from './en.ts';
import { pt } from './pt.ts';

export interface Language {
  /** For the page's `lang`. */
  tag: 'en' | 'pt-BR';
  /** For dates and numbers: the reader's own variety. */
  locale: string;
  messages: Messages;
}

/** The first of the browser's languages that the page speaks; English where it speaks none. */
export function chooseLanguage(preferred: readonly string[]): Language {
  for (const locale of preferred) {
    if (/^pt\b/i.test(locale)) return { tag: 'pt-BR', locale, messages: pt };
    if (/^en\b/i.test(locale)) return { tag: 'en', locale, messages: en };
  }
  return { tag: 'en', locale: 'en', messages: en };
}
