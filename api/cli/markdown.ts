import type { Token, Tokens } from 'marked';
import { readMarkdown } from '../read-markdown.ts';
import { type Paint, padEnd, widthOf, wrap } from './terminal.ts';

interface Page {
  columns: number;
  paint: Paint;
}

function inline(tokens: readonly Token[] | undefined, paint: Paint): string {
  return (tokens ?? []).map((token) => inlineOne(token, paint)).join('');
}

function inlineOne(token: Token, paint: Paint): string {
  const inner = () => ('tokens' in token && token.tokens ? inline(token.tokens, paint) : textOf(token));
  switch (token.type) {
    case 'strong':
      return paint('bold', inner());
    case 'em':
      return paint('italic', inner());
    case 'del':
      return paint('strikethrough', inner());
    case 'codespan':
      return paint('cyan', textOf(token));
    case 'br':
      return '\n';
    case 'link':
      return linkOf(inner(), token as Tokens.Link, paint);
    case 'text':
      // Where the source breaks a line means nothing.
      return inner().replaceAll('\n', ' ');
    default:
      return inner();
  }
}

function textOf(token: Token): string {
  return 'text' in token && typeof token.text === 'string' ? token.text : token.raw;
}

/** The address is shown: in a terminal nobody sees where a link leads. */
function linkOf(label: string, { href, text }: Tokens.Link, paint: Paint): string {
  const address = paint('underline', href);
  return text === href || `mailto:${text}` === href ? address : `${label} (${address})`;
}

const indent = (lines: readonly string[], first: string, rest = ' '.repeat(widthOf(first))): string[] =>
  lines.map((line, index) => `${index === 0 ? first : rest}${line}`.trimEnd());

function listLines({ items, ordered, start }: Tokens.List, { columns, paint }: Page): string[] {
  const last = Number(start || 1) + items.length - 1;
  return items.flatMap((item, index) => {
    const number = `${Number(start || 1) + index}.`.padStart(`${last}.`.length);
    const bullet = `  ${ordered ? number : '•'} ${item.task ? (item.checked ? '[x] ' : '[ ] ') : ''}`;
    const blocks = item.tokens.filter(({ type }) => type !== 'checkbox');
    const body = blockLines(blocks, { columns: columns - widthOf(bullet), paint }, item.loose);
    return [...indent(body, bullet), ...(item.loose && index < items.length - 1 ? [''] : [])];
  });
}

/** Takes from the widest columns until the table fits. */
function columnWidths(rows: readonly string[][], available: number): number[] {
  const count = rows[0]?.length ?? 0;
  const widths = Array.from({ length: count }, (_, index) =>
    Math.max(1, ...rows.map((row) => widthOf(row[index] ?? ''))),
  );
  const room = Math.max(count, available - 3 * (count - 1));
  while (widths.reduce((sum, width) => sum + width, 0) > room) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}

function tableLines(table: Tokens.Table, { columns, paint }: Page): string[] {
  const head = table.header.map(({ tokens }) => paint('bold', inline(tokens, paint)));
  const rows = table.rows.map((row) => row.map(({ tokens }) => inline(tokens, paint)));
  const widths = columnWidths([head, ...rows], columns);
  const rowLines = (row: readonly string[]): string[] => {
    const cells = widths.map((width, index) => wrap(row[index] ?? '', width));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((cell, index) => padEnd(cell[line] ?? '', widths[index] ?? 0))
        .join(' │ ')
        .trimEnd(),
    );
  };
  const rule = widths.map((width) => '─'.repeat(width)).join('─┼─');
  return [...rowLines(head), rule, ...rows.flatMap(rowLines)];
}

function oneBlock(token: Token, page: Page): string[] {
  const { columns, paint } = page;
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'heading':
      return wrap(paint(['bold', 'underline'], inline(token.tokens, paint)), columns);
    case 'code':
      // Never broken: what is copied from here must run.
      return indent(textOf(token).split('\n'), '    ').map((line) => paint('cyan', line));
    case 'blockquote': {
      const quoted = blockLines(token.tokens ?? [], { columns: columns - 2, paint });
      return quoted.map((line) => `${paint('dim', '│')} ${line}`.trimEnd());
    }
    case 'list':
      return listLines(token as Tokens.List, page);
    case 'table':
      return tableLines(token as Tokens.Table, page);
    case 'hr':
      return [paint('dim', '─'.repeat(columns))];
    case 'html':
      return wrap(textOf(token).trimEnd(), columns);
    default:
      return wrap(inlineOne(token, paint), columns);
  }
}

function blockLines(tokens: readonly Token[], page: Page, spaced = true): string[] {
  const blocks = tokens.map((token) => oneBlock(token, page)).filter(({ length }) => length > 0);
  return blocks.flatMap((block, index) => (index > 0 && spaced ? ['', ...block] : block));
}

/** Markdown as it is best read in a terminal of so many columns. Expects a text that `cleanText` has seen. */
export function renderMarkdown(text: string, page: Page): string {
  const tokens = readMarkdown(text);
  return (tokens ? blockLines(tokens, page) : wrap(text, page.columns)).join('\n');
}
