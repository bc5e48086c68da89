import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderMarkdown } from './markdown.ts';
import { cleanText, createPaint, widthOf } from './terminal.ts';

const plain = (text: string, columns = 40): string =>
  renderMarkdown(text, { columns, paint: createPaint(false) });

it.each([
  ['a heading', '# A **title**', 'A title'],
  ['emphasis', 'a *b* `c` ~~d~~', 'a b c d'],
  ['a link, with its address', '[docs](https://x.test/a)', 'docs (https://x.test/a)'],
  ['an address', '<https://x.test/a>', 'https://x.test/a'],
  ['a list in a list', '- a\n  - b\n- c', '  • a\n      • b\n  • c'],
  ['numbers', '9. a\n10. b', '   9. a\n  10. b'],
  ['tasks', '- [x] a\n- [ ] b', '  • [x] a\n  • [ ] b'],
  ['a quotation', '> a\n> b', '│ a b'],
  ['code, which is not broken', '```sh\nls -l   --all\n\n# end\n```', '    ls -l   --all\n\n    # end'],
  ['a table', '|a|b|\n|-|-|\n|ccc|d|', 'a   │ b\n────┼──\nccc │ d'],
  ['blocks, apart', 'a\n\nb\n***\nc', `a\n\nb\n\n${'─'.repeat(40)}\n\nc`],
  ['markup of the web as it is', 'a <b>c</b>', 'a <b>c</b>'],
])('renders %s', (_what, text, expected) => {
  expect(plain(text)).toBe(expected);
});

it('wraps a table into its columns', () => {
  const rendered = plain(`|kind|meaning|\n|-|-|\n|gateway|${'word '.repeat(12)}|`, 30);
  const widths = rendered.split('\n').map(widthOf);
  expect(Math.max(...widths), rendered).toBeLessThanOrEqual(30);
  expect(rendered.match(/word/g)).toHaveLength(12);
});

it('is never wider than the terminal, and loses no word', () => {
  const word = fc.stringMatching(/^[a-zé日]{1,8}$/);
  const styled = fc
    .tuple(word, fc.constantFrom('', '**', '_', '`'))
    .map(([text, mark]) => mark + text + mark);
  const line = fc.array(styled, { minLength: 1, maxLength: 20 }).map((words) => words.join(' '));
  const block = fc.tuple(fc.constantFrom('', '- ', '1. ', '> ', '## '), line).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(block, { maxLength: 5 }), fc.integer({ min: 24, max: 80 }), (blocks, columns) => {
      const text = blocks.join('\n\n');
      const rendered = renderMarkdown(text, { columns, paint: createPaint(true) });
      for (const row of rendered.split('\n')) expect(widthOf(row)).toBeLessThanOrEqual(columns);
      const letters = (of: string) => of.replace(/[^a-zé日]/g, '');
      expect(letters(plain(text, columns))).toBe(letters(text));
    }),
  );
});

it('lets no control character through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(cleanText(text)).not.toMatch(/(?![\n\t])\p{Cc}/u);
    }),
  );
});
