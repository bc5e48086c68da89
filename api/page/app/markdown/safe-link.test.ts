import { expect, test } from 'vitest';
import { decodeEntities } from './decode-entities.ts';
import { safeLink } from './safe-link.ts';

test.each([
  ['https://docs.aws.amazon.com/vpc/', 'https://docs.aws.amazon.com/vpc/'],
  ['http://example.org/a b', 'http://example.org/a%20b'],
  ['mailto:a@example.org', 'mailto:a@example.org'],
  ['javascript:alert(1)', undefined],
  [' \u0001JaVa\nScRiPt:alert(1)', undefined],
  ['data:text/html,<script>alert(1)</script>', undefined],
  ['vbscript:msgbox(1)', undefined],
  ['blob:https://example.org/1', undefined],
  ['file:///etc/passwd', undefined],
  ['//example.org', undefined],
  ['/v1/jobs', undefined],
  ['#main', undefined],
  ['', undefined],
])('the link %j leads to %j', (href, url) => {
  expect(safeLink(href)).toBe(url);
});

test.each([
  ['a &amp;&lt;b&gt; &#65;&#x42;', 'a &<b> AB'],
  ['&amp;lt;', '&lt;'],
  ['&unknown; &#0; &#xD800; &#1114112; &#x110000;', '&unknown; &#0; &#xD800; &#1114112; &#x110000;'],
  ['fish & chips', 'fish & chips'],
])('the text %j reads %j', (text, decoded) => {
  expect(decodeEntities(text)).toBe(decoded);
});
