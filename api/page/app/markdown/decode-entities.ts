const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  deg: '°',
  times: '×',
  rarr: '→',
  larr: '←',
  le: '≤',
  ge: '≥',
  ne: '≠',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  bull: '•',
};

function decodeNumber(digits: string): string | undefined {
  const code = /^x/i.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 10);
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}

/** Markdown text may hold HTML's entities; those that models write become characters, others stay as they stand. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(x[0-9a-f]{1,6}|\d{1,7})|([a-z]{2,6}));/gi, (whole, digits, name) => {
    const decoded = digits === undefined ? NAMED[name.toLowerCase()] : decodeNumber(digits);
    return decoded ?? whole;
  });
}
