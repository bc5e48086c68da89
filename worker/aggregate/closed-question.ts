import { findOptions, type Option, type OptionList } from './options.ts';
import { plainText } from './plain-text.ts';
import { foldWord } from './text.ts';

/** A question whose possible answers can be counted. */
export type ClosedQuestion =
  /** `choose`: how many options make the answer; `any` for "all that apply". */
  { kind: 'options'; options: Option[]; choose: number | 'any' } | { kind: 'yes_no' } | { kind: 'number' };

const COUNTS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  dois: 2,
  duas: 2,
  tres: 3,
  quatro: 4,
};

const COUNT = '(two|three|four|dois|duas|tres|quatro|[2-4])\\b';
const CHOOSE_COUNT = new RegExp(
  `\\b(?:choose|select|pick|mark|escolha|selecione|marque|assinale|indique)\\s+(?:(?:the|any|as|os|best|correct)\\s+){0,2}${COUNT}` +
    `(?:\\s+\\w+){0,2}\\s*(?:[.)\\]:\\n]|$)|\\b(?:which|quais)\\s+${COUNT}`,
);
const CHOOSE_ANY =
  /\b(?:all that apply|all (?:the )?correct|one or more|todas as (?:alternativas |opcoes )?(?:corretas|que se aplicam)|uma ou mais)\b/;

const YES_NO_ENGLISH =
  /(?:^|[.\n]\s*)(?:is|are|was|were|does|do|did|can|could|will|would|should|has|have|may|must)\s[^?]{3,300}\?\s*$/;
const YES_NO_PORTUGUESE =
  /(?:^|[.\n]\s*)(?:[^\s?]+\s+){0,5}?(?:e|sao|era|foi|pode|podem|posso|podemos|deve|devo|tem|ha|existe|existem|preciso|precisa|suporta|permite|garante|funciona)\s[^?]{3,300}\?\s*$/;
/** What is asked stands at the end. */
const MAX_ENDING_LENGTH = 400;

/** A word that asks for more than yes or no, or offers alternatives. */
const ASKS_MORE =
  /\b(?:what|which|who|whom|whose|when|where|why|how|or|qual|quais|quem|quando|onde|por ?que|como|quanto|quantos|quanta|quantas|ou|o que|que tipo)\b/;

const ASKS_NUMBER =
  /\b(?:how many|how much|how long|how old|what year|which year|quant[oa]s?|em que ano|what is the (?:maximum|minimum|default) (?:number|size|duration|timeout)|qual (?:e )?o (?:numero|tamanho|tempo|limite) (?:maximo|minimo))\b/;

function readChooseCount({ stem, options }: OptionList): number | 'any' {
  const folded = foldWord(stem);
  if (CHOOSE_ANY.test(folded)) return 'any';
  const match = CHOOSE_COUNT.exec(folded);
  const word = match?.[1] ?? match?.[2];
  const count = word === undefined ? 1 : (COUNTS[word] ?? Number(word));
  return count < options.length ? count : 1;
}

/** What kind of closed question this is; undefined for an open one. */
export function readClosedQuestion(question: string): ClosedQuestion | undefined {
  const list = findOptions(question);
  if (list) return { kind: 'options', options: list.options, choose: readChooseCount(list) };
  const ending = foldWord(plainText(question)).slice(-MAX_ENDING_LENGTH);
  if (ASKS_NUMBER.test(ending)) return { kind: 'number' };
  if (ASKS_MORE.test(ending)) return undefined;
  return YES_NO_ENGLISH.test(ending) || YES_NO_PORTUGUESE.test(ending) ? { kind: 'yes_no' } : undefined;
}
