import { plainText } from './plain-text.ts';
import { foldWord, hasWord, Sentences } from './text.ts';

/** A refusal is short; a longer text has substance whatever it declines in passing. */
const MAX_REFUSAL_LENGTH = 2_000;

/** Where a sentence turns from declining to answering. */
const TURNS = new RegExp(
  [
    '[;:]\\s',
    ',?\\s(?:but|however|although|mas|porem|contudo|todavia|no entanto)\\s',
    ",\\s(?=(?:it|it's|the answer|probably|i think|i believe|i would|e|a resposta|acho|acredito|creio)\\s)",
  ].join('|'),
);

const anyOf = (words: string): string => `(?:${words.trim().split(/\s+/).join('|')})`;

const CANNOT = "(?:can'?t|cannot|can not|couldn'?t|could not|do not|don'?t|did not|didn'?t|will not|won'?t)";
const DECLINED =
  anyOf(`help assist answer respond provide find locate determine identify access browse know comply
  fulfill discuss confirm verify share merge combine complete proceed information idea state say tell name see view`);
const HAVING = 'access|information|knowledge|data|details|context|ability';
const DECLINED_PORTUGUESE = anyOf(`ajudar auxiliar responder fornecer informar encontrar localizar determinar
  identificar acessar atender discutir confirmar compartilhar mesclar combinar completar continuar dizer resposta isso`);
const HAVING_PORTUGUESE = 'acesso|informac\\w+|conhecimento|dados|detalhes|contexto|permissao|resposta';

/** A line that is only a link, or that announces such lines: a list of sources answers nothing. */
const SOURCE_LINE =
  /^[ \t]{0,8}(?:(?:[-*+•]|\d{1,2}[.)])[ \t]{0,8})?(?:\[[^\]\n]{1,300}\]\([^()\n]{1,500}(?:\([^()\n]{0,100}\)[^()\n]{0,300})?\)|https?:\/\/\S{1,2000}|\p{L}[^\n:]{0,40}:)[ \t]*$/gmu;

/**
 * What an answer is drawn from, which may lack what was asked. A bare "results" or "document" may as well be
 * what is asked about.
 */
const SOURCE =
  '(?:(?:provided|given|available|above|search|retrieved|reference) (?:\\w+ )?(?:texts?|articles?|sources?|documents?|snippets?|passages?|context|references?|materials?|results?)|(?:the|this|these|any) (?:text|article|snippet|passage)s?)';
const SOURCE_PORTUGUESE =
  '(?:(?:textos?|artigos?|fontes?|documentos?|trechos?|contexto|referencias?|materia(?:l|is)|resultados?) (?:fornecid|disponive|apresentad|encontrad|acima)\\w*|(?:o|os|no|nos|neste|nestes|este|estes) (?:texto|artigo|trecho)s?)';

/** One expression goes over a text several times as fast as each of its alternatives by itself. */
const anyExpression = (sources: readonly string[]): RegExp => new RegExp(sources.join('|'));

/** Read on folded text with straight apostrophes. */
const REFUSING = anyExpression([
  "\\bi(?:'m| am| was)(?: just)? (?:unable|not able|not allowed|not permitted|not sure|not certain|not familiar)\\b",
  `\\bi ${CANNOT}\\b(?: [\\w-]+){0,3}? ${DECLINED}\\b`,
  `\\bi ${CANNOT} do (?:that|this|so)\\b`,
  `\\bi (?:do not|don'?t|did not|didn'?t) have (?:\\w+ ){0,3}(?:${HAVING})\\b`,
  '\\b(?:unable|impossible|not possible) to (?:answer|determine|help|assist|provide|find|identify|confirm|access)\\b',
  "\\b(?:as|i am|i'm) (?:just )?an? (?:ai|artificial intelligence|language model|virtual assistant)\\b",
  `\\bnot (?:\\w+ )?(?:mentioned|specified|stated|given|provided|listed|named|found) (?:\\w+ ){1,5}?${SOURCE}\\b`,
  `\\b${SOURCE} (?:\\w+ ){0,3}?(?:do|does|did) not (?:\\w+ )?(?:mention|specify|state|say|give|provide|list|name|contain|include)\\b`,
  `\\bnao (?:\\w+ ){0,2}?(?:mencionad|especificad|informad|citad|indicad)\\w+ (?:\\w+ ){1,4}?${SOURCE_PORTUGUESE}\\b`,
  `\\b${SOURCE_PORTUGUESE} (?:\\w+ ){0,3}?nao (?:mencionam?|especificam?|informam?|citam?|indicam?|dizem|diz|contem)\\b`,
  '\\bi must decline\\b|\\bagainst my (?:guidelines|policy|programming)\\b',
  '\\b(?:there is|i have|i found) (?:no|not enough|insufficient) (?:\\w+ ){0,2}information\\b',
  `\\bnao (?:posso|consigo|sei|pude|consegui|vou|e possivel|tenho como)(?: \\w+){0,3}? ${DECLINED_PORTUGUESE}\\b`,
  `\\bnao (?:tenho|possuo|ha|encontrei|disponho de) (?:\\w+ ){0,3}(?:${HAVING_PORTUGUESE})\\b`,
  '\\bnao sei\\b|\\bsou (?:apenas )?uma? (?:modelo de linguagem|ia|inteligencia artificial|assistente)\\b',
  '\\bcomo (?:uma? )?(?:modelo de linguagem|ia|inteligencia artificial|assistente virtual)\\b',
]);

/** Clauses that neither refuse nor answer: greetings, regrets, offers, and where else to ask. */
const COURTESY = anyExpression(
  [
    /^\W*(?:hello|hi|ola|oi)\W*$/,
    /^\W*(?:(?:i'm|i am|eu)\s)?(?:(?:very|so|muito)\s)?(?:sorry|desculp\w+|lament\w+|sinto muito|unfortunately|infelizmente)\b.{0,30}$/,
    /\b(?:apologi[sz]e|apologies|let me know|feel free|how (?:can|may|else can) i|anything else|posso ajudar|a disposicao)\b/,
    /\bplease (?:provide|contact|consult|visit|refer|rephrase|clarify|try|ask|share|specify|check)\b/,
    /\bpor favor,? (?:forneca|informe|entre|consulte|reformule|esclareca|tente|verifique|envie)\b/,
    /\b(?:happy|glad) to (?:help|assist|try)\b|\byou (?:may|can|could|should) (?:consult|contact|ask)\b/,
    /\b(?:recomendo|sugiro) (?:que (?:voce )?)?(?:consult\w+|verif\w+|entr\w+ em contato|contat\w+|procur\w+)\b/,
    /\bif you (?:have|need|can|could|want|would).{0,60}\b(?:questions?|help|details?|information|context)\b/,
    /\bse (?:voce )?(?:precisar|tiver|quiser|puder).{0,60}\b(?:perguntas?|duvidas?|ajuda|detalhes|informac\w+|contexto)\b/,
  ].map(({ source }) => source),
);

/** True where a plain text declines somewhere, and says nothing else than courtesies. */
export function declines(plain: string): boolean {
  const sentences = new Sentences(plain);
  let declined = false;
  for (let sentence = sentences.next(); sentence !== undefined; sentence = sentences.next()) {
    for (const clause of foldWord(sentence).replaceAll('’', "'").split(TURNS)) {
      if (REFUSING.test(clause)) declined = true;
      else if (hasWord(clause) && !COURTESY.test(clause)) return false;
    }
  }
  return declined;
}

/** A text without a colon or a link has no line of sources. */
const dropSourceLines = (text: string): string =>
  text.includes(':') || text.includes('](') ? text.replace(SOURCE_LINE, '') : text;

/**
 * True where declining is all that the text does; a caveat beside an answer is none. English and Portuguese.
 */
export function isRefusal(text: string): boolean {
  const plain = plainText(dropSourceLines(text));
  return plain.length <= MAX_REFUSAL_LENGTH && declines(plain);
}
