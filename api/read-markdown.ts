import { lexer, type Token } from 'marked';

/** No person's text has so long a paragraph; on one that is made for it, the parser's time grows with the square. */
const MAX_PARAGRAPH_CHARACTERS = 8000;
/** No person's text is nested so deeply, and what is deep enough would exhaust the stack of whatever walks it. */
const MAX_DEPTH = 32;

function isTooLong(text: string): boolean {
  return text.split(/\n[ \t]*\n/).some(({ length }) => length > MAX_PARAGRAPH_CHARACTERS);
}

function childrenOf(token: Token): Token[] {
  if (token.type === 'list') return token.items;
  return 'tokens' in token ? (token.tokens ?? []) : [];
}

function isTooDeep(tokens: readonly Token[]): boolean {
  let level = [...tokens];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap(childrenOf);
  }
  return false;
}

/** The parts of a Markdown text; undefined where it is none that could be read, and is to be shown as it was written. */
export function readMarkdown(text: string): Token[] | undefined {
  if (isTooLong(text)) return undefined;
  try {
    const tokens = lexer(text, { gfm: true });
    return isTooDeep(tokens) ? undefined : tokens;
  } catch (error) {
    // The parser recurses: its stack may end before the limit of depth can be looked at.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
