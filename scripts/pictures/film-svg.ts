import type { Frame } from './frames.ts';
import { BAR_HEIGHT, CELL, drawLine, drawWindow, PADDING } from './terminal-svg.ts';

/** Each line once, however many frames show it. */
class Lines {
  readonly #ids = new Map<string, string>();

  /** The id of a line; undefined where there is nothing on it. */
  idOf(markup: string): string | undefined {
    if (markup === '') return undefined;
    const id = this.#ids.get(markup) ?? `l${this.#ids.size.toString(36)}`;
    this.#ids.set(markup, id);
    return id;
  }

  draw(): string[] {
    return [...this.#ids].map(([markup, id]) => `<g id="${id}">${markup}</g>`);
  }
}

function drawFrame({ lines }: Frame, x: number, known: Lines): string {
  const uses = lines.map((runs, row) => {
    const id = known.idOf(drawLine(runs));
    return id === undefined ? '' : `<use href="#${id}"${row > 0 ? ` y="${row * CELL.height}"` : ''}/>`;
  });
  return `<g${x > 0 ? ` transform="translate(${x})"` : ''}>${uses.join('')}</g>`;
}

/** Moves the strip from frame to frame, and begins again. Who wants no motion sees the last frame. */
function styleOf(frames: readonly Frame[], frameWidth: number, pauseMs: number): string {
  const lastMs = frames.at(-1)?.atMs ?? 0;
  const wholeMs = lastMs + pauseMs;
  const at = (index: number) => `transform:translateX(${-index * frameWidth}px)`;
  const steps = frames.map(
    ({ atMs }, index) => `${Number(((atMs / wholeMs) * 100).toFixed(2))}%{${at(index)}}`,
  );
  return [
    `#film{${at(frames.length - 1)}}`,
    '@media (prefers-reduced-motion:no-preference){',
    `#film{animation:film ${(wholeMs / 1000).toFixed(1)}s step-end infinite}`,
    `@keyframes film{${steps.join('')}}}`,
  ].join('');
}

/**
 * Frames as one SVG that plays by itself, in an `<img>` too: they stand side by side on a strip behind a window,
 * and CSS moves the strip. `pauseMs` is how long the last one stays.
 */
export function drawFilm(
  frames: readonly Frame[],
  { columns, title, pauseMs }: { columns: number; title: string; pauseMs: number },
): string {
  const rows = Math.max(...frames.map(({ lines }) => lines.length));
  const width = Math.ceil(columns * CELL.width);
  const known = new Lines();
  const strip = frames.map((frame, index) => drawFrame(frame, index * width, known));
  const height = rows * CELL.height;
  return drawWindow(
    [
      '<defs>',
      ...known.draw(),
      '</defs>',
      `<svg x="${PADDING}" y="${BAR_HEIGHT + PADDING}" width="${width}" height="${height}"><g id="film">`,
      ...strip,
      '</g></svg>',
    ],
    { columns, rows, title, style: styleOf(frames, width, pauseMs) },
  );
}
