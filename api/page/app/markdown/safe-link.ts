const SCHEMES = ['http:', 'https:', 'mailto:'];

/** The address of a link that may be followed; undefined for a script, a file, or what stands within this page's own site. */
export function safeLink(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return SCHEMES.includes(url.protocol) ? url.href : undefined;
}
