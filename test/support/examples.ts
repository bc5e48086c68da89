export interface Example {
  /** The nearest one above it. */
  heading: string;
  /** As the fence says it, such as `sh`. */
  language: string;
  source: string;
  /** Where the fence begins, from 1. */
  line: number;
  /** What the example must write. */
  output: RegExp;
}

const OUTPUT = 'text';
const FENCE = /^```(\w+)\n(.*?)^```$/gms;

/** The text as a pattern in which `…` stands for anything, line breaks included. */
export function patternOf(text: string): RegExp {
  const parts = text
    .trimEnd()
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}\\s*$`, 's');
}

/**
 * The fenced blocks of a Markdown text, each with the block of the language `text` right after it: its output.
 * Throws where one has none: an example whose output nobody says cannot be wrong.
 */
export function readExamples(markdown: string): Example[] {
  const blocks = [...markdown.matchAll(FENCE)].map((match) => {
    const [, language = '', text = ''] = match;
    const above = markdown.slice(0, match.index);
    const heading = [...above.matchAll(/^#+ (.+)$/gm)].at(-1)?.[1] ?? '';
    return { language, text, heading, line: above.split('\n').length };
  });
  return blocks.flatMap(({ language, text, heading, line }, index) => {
    if (language === OUTPUT) return [];
    const next = blocks[index + 1];
    if (next?.language !== OUTPUT)
      throw new Error(`line ${line}: the example is followed by no block of ${OUTPUT}`);
    return [{ heading, language, source: text, line, output: patternOf(next.text) }];
  });
}
