import { plainText } from './plain-text.ts';
import { foldWord } from './text.ts';

export interface Option {
  /** Upper case letter, or a number: `A`, `2`. */
  label: string;
  text: string;
}

export interface OptionList {
  options: Option[];
  /** The question without its options. */
  stem: string;
}

interface Marker {
  label: string;
  /** Markers written in one way: `(A)`, `A)`, `A.`, `a)`, `1)`. */
  family: string;
  start: number;
  end: number;
  opensLine: boolean;
}

/** Looked for by its end, as ends are rare. */
const MARKER = /(?<=(?<![\p{L}\p{N}.,_-])(\(?)([A-Za-z]|\d{1,2}))([)\]]|[.:](?=\s))/gu;

/** Lists of lower-case letters or numbers are often tasks or steps; a question about a choice says so. */
const ASKS_TO_CHOOSE =
  /\b(?:which|choose|select|pick|option|options|correct|incorrect|best|qual|quais|escolha|selecione|marque|assinale|alternativas?|opcao|opcoes|corret[ao]s?|melhor)\b/;

function findMarkers(plain: string): Marker[] {
  return Array.from(plain.matchAll(MARKER), (match) => {
    const [, open = '', label = '', close = ''] = match;
    const start = match.index - label.length - open.length;
    const kind = /\d/.test(label) ? '1' : label === label.toUpperCase() ? 'A' : 'a';
    return {
      label: label.toUpperCase(),
      family: open + kind + close,
      start,
      end: match.index + close.length,
      opensLine: start === 0 || plain[start - 1] === '\n',
    };
  });
}

const rank = (label: string): number => (/\d/.test(label) ? Number(label) - 1 : label.charCodeAt(0) - 65);

/** The longest run A, B, C … among markers of one family; what is out of turn is no marker. */
function longestRun(markers: readonly Marker[]): Marker[] {
  let best: Marker[] = [];
  let run: Marker[] = [];
  for (const marker of markers) {
    if (rank(marker.label) === run.length) run.push(marker);
    else if (rank(marker.label) === 0) run = [marker];
    if (run.length > best.length) best = [...run];
  }
  return best;
}

function readOptions(plain: string, run: readonly Marker[]): Option[] {
  return run.map(({ label, end }, index) => {
    const rest = plain.slice(end, run[index + 1]?.start);
    const text = index === run.length - 1 ? (rest.trimStart().split('\n', 1)[0] ?? '') : rest;
    return {
      label,
      text: text
        .replace(/\s+/g, ' ')
        .replace(/[\s;,]+(?:or|ou|and|e)?\s*$/, '')
        .trim(),
    };
  });
}

/** What stands around the options: the question itself, and hints such as "(choose two)". */
function readStem(plain: string, run: readonly Marker[]): string {
  const lastOption = plain.slice(run.at(-1)?.end);
  return `${plain.slice(0, run[0]?.start)}\n${lastOption.trimStart().split('\n').slice(1).join('\n')}`;
}

function isPlausible(run: readonly Marker[], { options, stem }: OptionList): boolean {
  if (options.some(({ text }) => text === '')) return false;
  const family = run[0]?.family ?? '';
  const asksToChoose = ASKS_TO_CHOOSE.test(foldWord(stem));
  if (!asksToChoose && (!family.includes('A') || options.every(({ text }) => text.endsWith('?'))))
    return false;
  const marksAreClear = /[)\]]/.test(family) || run.every(({ opensLine }) => opensLine);
  return run.length >= (marksAreClear ? 2 : 3);
}

/** The options that a question lists, on lines or in the sentence; undefined where it lists no choice. */
export function findOptions(question: string): OptionList | undefined {
  const plain = plainText(question);
  let best: OptionList | undefined;
  for (const markers of Map.groupBy(findMarkers(plain), ({ family }) => family).values()) {
    const run = longestRun(markers);
    if (run.length <= (best?.options.length ?? 0)) continue;
    const list = { options: readOptions(plain, run), stem: readStem(plain, run) };
    if (isPlausible(run, list)) best = list;
  }
  return best;
}
