import fc from 'fast-check';
import { h, render } from 'preact';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { en } from '../language/en.ts';
import { type Surroundings, SurroundingsContext } from '../surroundings.ts';
import { Markdown } from './markdown.tsx';
import attacks from './testing/attacks.json' with { type: 'json' };
import { TinyNode, tinyDocument } from './testing/tiny-document.ts';

/** Every element that an answer may become, with every attribute that it may have. */
const ALLOWED: Record<string, readonly string[]> = {
  div: ['class', 'lang', 'dir'],
  section: ['class', 'aria-label'],
  a: ['href', 'target', 'rel'],
  ol: ['start'],
  th: ['scope', 'class'],
  td: ['class'],
  p: ['class'],
  figure: ['class'],
  // Our own button, which copies the block.
  button: ['type', 'class', 'onclick'],
};
const BARE =
  'h3 h4 h5 h6 ul li blockquote pre code figcaption span strong em del br hr table thead tbody tr'.split(' ');

const CLASSES = [
  'markdown',
  'plain',
  'code',
  'scroller',
  'quiet',
  'align-left',
  'align-center',
  'align-right',
];

const surroundings = { say: en, announce: () => {} } as unknown as Surroundings;

/** Looks at what the page makes of an answer, before any of its effects, which want a browser. */
function look(text: string, at: (root: TinyNode) => void): void {
  const root = new TinyNode(1, 'root');
  const element = root as unknown as HTMLElement;
  const markdown = h(Markdown, { text, language: 'en' });
  render(h(SurroundingsContext.Provider, { value: surroundings, children: markdown }), element);
  at(root);
  render(null, element);
}

function expectHarmless(element: TinyNode, text: string): void {
  const { localName, attributes } = element;
  const about = `${JSON.stringify(text)} became <${localName} ${[...attributes].join(' ')}>`;
  const allowed = ALLOWED[localName] ?? (BARE.includes(localName) ? [] : undefined);
  expect(allowed, about).toBeDefined();
  for (const name of attributes.keys()) expect(allowed, about).toContain(name);
  const href = attributes.get('href');
  if (href !== undefined) {
    expect(href, about).toMatch(/^(?:https?:\/\/|mailto:)/);
    expect(attributes.get('rel'), about).toBe('noopener noreferrer nofollow');
  }
  const className = attributes.get('class');
  if (className !== undefined) expect(CLASSES, about).toContain(className);
}

function expectAllHarmless(text: string): void {
  look(text, (root) => {
    for (const element of root.elements()) if (element !== root) expectHarmless(element, text);
  });
}

beforeAll(() => void Object.assign(globalThis, { document: tinyDocument }));
afterAll(() => void Reflect.deleteProperty(globalThis, 'document'));

describe('an attack by Markdown', () => {
  test('the corpus is as large as it should be, each attack once', () => {
    expect(new Set(attacks).size).toBe(attacks.length);
    expect(attacks.length).toBeGreaterThanOrEqual(40);
  });

  test.each(attacks)('%j becomes nothing but text and known elements', (attack) => {
    for (const text of [
      attack,
      `A VPC endpoint.\n\n${attack}\n\nIt is private.`,
      `- one\n- ${attack}`,
      `> ${attack}`,
      `| a | b |\n|---|---|\n| ${attack} | c |`,
      `**${attack}**`,
      `[${attack}](https://good.example/)`,
    ]) {
      expectAllHarmless(text);
    }
  });

  test('put together of any pieces becomes nothing else either', () => {
    const piece = fc.oneof(
      fc.constantFrom(...attacks),
      fc.constantFrom(
        '[',
        '](',
        ')',
        '<',
        '>',
        '"',
        '`',
        '```\n',
        '\n',
        '\n\n',
        '|',
        '![',
        '&#',
        ';',
        '\\',
        '*',
      ),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(fc.property(text, expectAllHarmless), { numRuns: 500 });
  });

  test('what is no attack is still shown as what it is', () => {
    look('# A\n\n[docs](https://docs.example/) and `code`\n\n1. one\n\n```sh\nls\n```', (root) => {
      const names = [...root.elements()].map(({ localName }) => localName);
      expect(names).toEqual(expect.arrayContaining(['h3', 'a', 'code', 'ol', 'li', 'pre', 'button']));
    });
    look('<script>alert(1)</script>', ({ text }) => expect(text).toBe('<script>alert(1)</script>'));
  });
});
