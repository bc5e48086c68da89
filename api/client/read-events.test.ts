import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readEvents, type ServerEvent } from './read-events.ts';

async function* chunked(text: string, cuts: readonly number[]): AsyncGenerator<string> {
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    yield text.slice(from, cut);
    from = Math.max(from, cut);
  }
  yield text.slice(from);
}

async function read(text: string, cuts: readonly number[] = []): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readEvents(chunked(text, cuts))) events.push(event);
  return events;
}

it.each([
  ['data: a\n\n', [{ type: 'message', id: '', data: 'a' }]],
  ['data:a\ndata:  b\ndata\n\n', [{ type: 'message', id: '', data: 'a\n b\n' }]],
  [
    'id: 1\nevent: job\ndata: a\n\ndata: b\n\n',
    [
      { type: 'job', id: '1', data: 'a' },
      { type: 'message', id: '1', data: 'b' },
    ],
  ],
  [': a comment\nretry: 5\n\nevent: job\n\n', []],
  ['data: cut off\n', []],
  ['data: a\r\n\r\ndata: b\r\r', ['a', 'b'].map((data) => ({ type: 'message', id: '', data }))],
])('reads %j', async (text, events) => {
  expect(await read(text)).toEqual(events);
});

it('reads the same wherever the chunks end', async () => {
  const line = fc.constantFrom('data: {"a":1}', 'data', 'id: 7', 'event: job', ': comment', '', 'x: y');
  const ending = fc.constantFrom('\n', '\r\n');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(line, ending), { maxLength: 12 }),
      fc.array(fc.nat(120), { maxLength: 6 }),
      async (lines, cuts) => {
        const text = lines.map(([words, end]) => words + end).join('');
        const fit = cuts.filter((cut) => cut <= text.length);
        expect(await read(text, fit)).toEqual(await read(text));
      },
    ),
  );
});
