/** The languages that the built-in content is written in. */
export type ContentLanguage = 'en' | 'pt';

/** One subject in one language: the same facts in several wordings, and perhaps a common misconception. */
export interface TopicContent {
  title: string;
  variants: [string, string, string];
  /** Plausible and wrong, so that a panel has something to disagree about. */
  misconception?: string;
}

export interface Topic {
  /** Words and phrases of both languages, lower case, without diacritics. */
  keywords: string[];
  en: TopicContent;
  pt: TopicContent;
}
