import type { Token, Tokens } from 'marked';
import type { ComponentChildren, JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { readMarkdown } from '../../../read-markdown.ts';
import { CodeBlock } from './code-block.tsx';
import { decodeEntities } from './decode-entities.ts';
import { Image, Link } from './link.tsx';
import { Table } from './table.tsx';

/** The page has headings of its own above: an answer's begin below them. */
const HEADING_OFFSET = 2;

function List({ list }: { list: Tokens.List }): JSX.Element {
  const items = list.items.map((item, index) => (
    <li key={index}>
      <Pieces tokens={item.tokens} />
    </li>
  ));
  return list.ordered ? <ol start={Number(list.start) || 1}>{items}</ol> : <ul>{items}</ul>;
}

function Heading({ heading }: { heading: Tokens.Heading }): JSX.Element {
  const Level = `h${Math.min(6, heading.depth + HEADING_OFFSET)}` as 'h3';
  return (
    <Level>
      <Pieces tokens={heading.tokens} />
    </Level>
  );
}

type Renderers = { [type: string]: (token: never) => ComponentChildren };

const inside = ({ tokens }: { tokens?: Token[] }) => <Pieces tokens={tokens ?? []} />;

const RENDERERS: Renderers = {
  space: () => null,
  def: () => null,
  hr: () => <hr />,
  br: () => <br />,
  heading: (token: Tokens.Heading) => <Heading heading={token} />,
  paragraph: (token: Tokens.Paragraph) => <p>{inside(token)}</p>,
  blockquote: (token: Tokens.Blockquote) => <blockquote>{inside(token)}</blockquote>,
  list: (token: Tokens.List) => <List list={token} />,
  checkbox: (token: Tokens.Checkbox) => (token.checked ? '☑ ' : '☐ '),
  table: (token: Tokens.Table) => <Table table={token} Inline={Pieces} />,
  code: (token: Tokens.Code) => <CodeBlock text={token.text} language={token.lang} />,
  codespan: (token: Tokens.Codespan) => <code>{token.text}</code>,
  strong: (token: Tokens.Strong) => <strong>{inside(token)}</strong>,
  em: (token: Tokens.Em) => <em>{inside(token)}</em>,
  del: (token: Tokens.Del) => <del>{inside(token)}</del>,
  link: (token: Tokens.Link) => <Link href={token.href}>{inside(token)}</Link>,
  image: (token: Tokens.Image) => <Image href={token.href} alt={token.text} />,
  escape: (token: Tokens.Escape) => token.text,
  text: (token: Tokens.Text) => (token.tokens ? inside(token) : decodeEntities(token.text)),
};

/** What is not known, raw HTML above all, is shown as it was written: nothing is ever parsed as markup. */
function render(token: Token): ComponentChildren {
  const renderer = RENDERERS[token.type] as ((token: Token) => ComponentChildren) | undefined;
  return renderer ? renderer(token) : token.raw;
}

export function Pieces({ tokens }: { tokens: Token[] }): JSX.Element {
  return <>{tokens.map(render)}</>;
}

/** An answer's Markdown as elements. */
export function Markdown({ text, language }: { text: string; language: string | null }): JSX.Element {
  const tokens = useMemo(() => readMarkdown(text), [text]);
  return (
    <div class="markdown" lang={language ?? undefined} dir="auto">
      {tokens ? <Pieces tokens={tokens} /> : <p class="plain">{text}</p>}
    </div>
  );
}
