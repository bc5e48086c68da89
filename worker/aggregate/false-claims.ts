import { plainText } from './plain-text.ts';
import { SYNTHESIS_RULES } from './synthesis-rules.ts';
import { foldWord, splitWords } from './text.ts';

/** So many words of the rules in a row are no accident. */
const SHINGLE_WORDS = 8;

function shinglesOf(text: string): string[] {
  const words = splitWords(foldWord(plainText(text)));
  return words.flatMap((_, index) =>
    index + SHINGLE_WORDS <= words.length ? [words.slice(index, index + SHINGLE_WORDS).join(' ')] : [],
  );
}

const RULE_SHINGLES: ReadonlySet<string> = new Set(SYNTHESIS_RULES.flatMap(shinglesOf));

/** True where a text repeats what only the merging model was told. */
export function repeatsRules(text: string): boolean {
  return shinglesOf(text).some((shingle) => RULE_SHINGLES.has(shingle));
}

const MODELS = '(?:chatgpt|gpt|gemini|bard|claude|llama|mistral|deepseek|qwen|grok|copilot)\\b[\\w. -]{0,16}';
const MAKERS = '(?:openai|google|anthropic|meta|hugging ?face|mistral|deepseek|xai|microsoft)';
const SPEAKERS = '(?:answers|providers|models|sources|assistants|panel members)';
const SPEAKERS_PORTUGUESE = '(?:respostas|provedores|modelos|fontes|assistentes)';

/** Read on folded plain text. Which models spoke, and how far they agree, is measured: a text has no say in it. */
const PROVENANCE = [
  `\\b(?:i am|i'm|my name is|this is) ${MODELS}`,
  `\\bas ${MODELS}, i\\b`,
  `\\b(?:this|the) (?:merged |final |combined )?answer (?:was|is|comes|came|has been)(?: (?:written|given|generated|produced|made|provided|endorsed|confirmed|verified|approved|signed|only|solely|entirely)){0,3} (?:by|from) (?:the )?(?:team of )?(?:${MAKERS}|${MODELS}|all|every|provider|answer \\d)`,
  `\\ball (?:of )?(?:the )?(?:\\w+ ){0,2}?${SPEAKERS} (?:\\w+ ){0,2}?(?:agree|agreed|concur|confirm|confirmed)\\b`,
  `\\b${SPEAKERS} (?:are|were|is|was) (?:all )?unanimous\\b`,
  '\\bagreement score\\b',
  '^[^\\p{L}\\p{N}]*agreement(?: level)?[^\\p{L}\\p{N}]{0,4}(?:\\d|full|unanimous|total)',
  '"(?:aggregator|agreement|merger|fallback_reason|quorum)"\\s*:',
  `\\b(?:eu )?sou (?:o |a )?${MODELS}`,
  `\\b(?:esta|a) resposta (?:\\w+ )?(?:foi|e|vem)(?: (?:escrita|dada|gerada|produzida|feita|confirmada|verificada|aprovada|assinada|apenas|somente)){0,3} (?:por|pela|pelo|da|do|de) (?:${MAKERS}|${MODELS}|tod[ao]s)`,
  `\\btod[ao]s (?:[ao]s )?(?:\\w+ ){0,2}?${SPEAKERS_PORTUGUESE} (?:\\w+ ){0,2}?(?:concordam|concordaram|confirmam|confirmaram)\\b`,
  `\\b${SPEAKERS_PORTUGUESE} (?:sao|foram) unanimes\\b`,
  '^[^\\p{L}\\p{N}]*(?:grau de )?concordancia[^\\p{L}\\p{N}]{0,4}(?:\\d|total|unanime|plena)',
].map((source) => new RegExp(source, 'mu'));

/** True where a text says who wrote it, or how far its sources agree. English and Portuguese. */
export function claimsProvenance(text: string): boolean {
  const folded = foldWord(plainText(text)).replaceAll('’', "'");
  return PROVENANCE.some((pattern) => pattern.test(folded));
}
