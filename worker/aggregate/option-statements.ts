/**
 * What an answer says about options in one place: the labels, and whether it says that they are the answer.
 */
export interface Statement {
  labels: string[];
  at: number;
  strong: boolean;
}

export interface Patterns {
  /** `The answer is (B)`, `resposta correta: B e D`, `option B`. */
  cued: RegExp;
  /** `B is correct`, `a letra C está certa`. */
  judged: RegExp;
  /** A line that opens with a label, or is one. */
  line: RegExp;
  /** `(B)` anywhere: bold and boxed labels are written so, too. */
  enclosed: RegExp;
}

/**
 * Each word as it stands, capitalised and in capitals; a single letter only as it stands: `A` may be a
 * label.
 */
function anyCase(words: string): string {
  const spell = (word: string): string[] =>
    word.length === 1 ? [word] : [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()];
  return words.trim().split(/\s+/).flatMap(spell).join('|');
}

const FILLERS = anyCase(`
  is are was were would be should must é são seria seriam será the a an as o os correct right best final
  most likely correta correto corretas certa certo certas melhor therefore thus then indeed option options
  opção opções letra letras letter letters alternativa alternativas choice choices number item both
`);
const CUES = anyCase(`
  answer answers choice choices option options solution resposta respostas respuesta respuestas
  alternativa alternativas opção opções letra letras letter letters gabarito correta corretas certa certas
  choose select pick choosing marque escolha escolho é É it’s it's it
`);
const VERDICTS = anyCase(`
  correct right best answer answers true appropriate suitable correta correto corretas corretos certa
  certo certas certos melhor resposta respostas gabarito verdadeira verdadeiro adequada adequado
`);
const SINGULAR = `${anyCase('is é está seems')}|would be|seria|[:–—-]`;
const PLURAL = anyCase('are são estão');
const ARTICLES = 'the|a|as|o|os|most|only|mais|única';
const AND = '(?:\\s?[,;/&+]\\s?|\\s?,?\\s(?:and|AND|e|&)\\s)';
const NO_WORD = '(?![\\p{L}\\p{N}])';

function buildPatterns(labels: readonly string[]): Patterns {
  const spellings = labels.flatMap((label) => [...new Set([label, label.toLowerCase()])]);
  const one = `\\(?(?:${spellings.join('|')})(?![\\p{L}\\p{N}'’])\\)?`;
  const list = `(${one}(?:${AND}(?:and\\s|e\\s)?${one}){0,8})`;
  const aside = '(?:["“(][^"”)\\n]{0,80}["”)]\\s?)?';
  return {
    cued: new RegExp(
      `(?<![\\p{L}\\p{N}])((?:${CUES})${NO_WORD}(?:\\s(?:${FILLERS})${NO_WORD}){0,7}\\s?[:=–—-]?\\s?)${list}`,
      'gu',
    ),
    judged: new RegExp(
      `(?<![\\p{L}\\p{N}(])${list}\\s?${aside},?\\s?(?:(${SINGULAR})|${PLURAL})\\s(?:(?:${ARTICLES})\\s){0,3}(?:${VERDICTS})${NO_WORD}`,
      'gu',
    ),
    line: new RegExp(`^\\s?${list}(?:[).:\\]]|\\s?$|\\s[–—-]\\s)`, 'u'),
    enclosed: new RegExp(`\\((${labels.join('|')})\\)`, 'gu'),
  };
}

/** Compiling takes longer than reading an answer, and questions label their options in few ways. */
const compiled = new Map<string, Patterns>();

export function patternsFor(labels: readonly string[]): Patterns {
  const key = labels.join();
  const patterns = compiled.get(key) ?? buildPatterns(labels);
  compiled.set(key, patterns);
  return patterns;
}

/** The labels in a list; a bare lower-case letter counts only where it can't be a word. */
export function readLabels(list: string, following: string): string[] {
  const labels = list.match(/(?<![\p{L}\p{N}])[\p{L}\p{N}]{1,2}(?![\p{L}\p{N}])/gu) ?? [];
  const isLowered = labels.some((label) => /\p{Ll}/u.test(label) && !/^(?:and|e)$/i.test(label));
  if (isLowered && !list.endsWith(')') && !/^(?:[).,;:\]]|\s*(?:\n|$))/.test(following)) return [];
  const named = labels.filter(
    (label) => !/^(?:and|AND)$/.test(label) && (label !== 'e' || labels.length === 1),
  );
  return [...new Set(named.map((label) => label.toUpperCase()))];
}

const NEGATED_BEFORE =
  /(?:\bnot|n['’]t|\bwrong|\bincorrect|\binstead of|\brather than|\bunlike|não(?: é| está)?|\bnem|incorret[ao]|errad[ao]|em vez d[aeo]|ao invés d[aeo]|\bother|\bthan)[\s"“(]{1,3}(?:(?:the|an?|as?|os?|choose|select)\s)?$/iu;
const NEGATED_AFTER =
  /^[)\]]?\s{0,2}(?:[("“][^)"”\n]{0,80}[)"”]\s{0,2})?[,:–—-]?\s{0,2}(?:(?:is|are|was|were|would|can|could|é|está|são|estão|seems?|parece)\s?)?(?:(?:also|clearly|simply|therefore)\s)?(?:not\b|n['’]t\b|cannot\b|incorrect|wrong|false\b|não\b|incorret|errad|fals[ao]\b)/iu;

function isNegated(plain: string, start: number, end: number): boolean {
  return (
    NEGATED_BEFORE.test(plain.slice(Math.max(0, start - 32), start)) ||
    NEGATED_AFTER.test(plain.slice(end, end + 120))
  );
}

/** "Option B" points to an option and does not yet choose it. */
const ONLY_POINTS =
  /^(?:choices?|options?|alternativas?|opção|opções|letras?|letters?|it)(?:\s(?:option|letter|letra|number|item))?\s?$/i;

/** What an answer says about its options, in order; what it rules out is left out. */
export function findStatements(plain: string, patterns: Patterns): Statement[] {
  const cued = Array.from(plain.matchAll(patterns.cued), (match) => {
    const [written, prefix = '', list = ''] = match;
    const end = match.index + written.length;
    const labels = isNegated(plain, match.index, end) ? [] : readLabels(list, plain.slice(end, end + 8));
    return { labels, at: match.index, strong: !ONLY_POINTS.test(prefix) };
  });
  const judged = Array.from(plain.matchAll(patterns.judged), (match) => {
    const [, list = '', singular] = match;
    const end = match.index + list.length;
    const labels = readLabels(list, plain.slice(end, end + 8));
    // "many choose A, B is correct": a verdict on one option speaks of the last one named.
    const judgedLabels = singular === undefined ? labels : labels.slice(-1);
    return { labels: judgedLabels, at: match.index, strong: true };
  });
  return [...cued, ...judged].filter(({ labels }) => labels.length > 0).sort((a, b) => a.at - b.at);
}
