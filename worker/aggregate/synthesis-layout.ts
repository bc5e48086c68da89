/**
 * How a merging task is laid out, written by the prompt builder and read by the simulated provider.
 * A delimiter stands alone on its line and carries the nonce of this one call, so that no text can forge it:
 *
 *     <<<QUESTION 32-hex-digits>>>
 *     text
 *     <<<END 32-hex-digits>>>
 */
export interface SynthesisTask {
  question: string;
  /** In the order in which they are shown. */
  answers: string[];
}

const openDelimiter = (name: string, nonce: string): string => `<<<${name} ${nonce}>>>`;
const closeDelimiter = (nonce: string): string => `<<<END ${nonce}>>>`;

const OPENING = /^<<<QUESTION ([0-9a-f]{32})>>>\n/;
const DELIMITER = /<<<(?:QUESTION|ANSWER \d{1,2}|END)(?: [0-9a-f]{32})?>>>/;

function quote(name: string, text: string, nonce: string): string {
  const inert = text.replaceAll(nonce, `${nonce.slice(0, 8)}…`);
  return `${openDelimiter(name, nonce)}\n${inert}\n${closeDelimiter(nonce)}`;
}

/** The quoted question and answers; `nonce`, 32 hex digits, must be new for each call. */
export function formatSynthesisTask({ question, answers }: SynthesisTask, nonce: string): string {
  const quoted = answers.map((text, index) => quote(`ANSWER ${index + 1}`, text, nonce));
  return [quote('QUESTION', question, nonce), ...quoted].join('\n\n');
}

/** Reads back what `formatSynthesisTask` wrote; undefined where `user` is no merging task. */
export function parseSynthesisPrompt(user: string): SynthesisTask | undefined {
  const nonce = OPENING.exec(user)?.[1];
  if (nonce === undefined) return undefined;
  const close = `\n${closeDelimiter(nonce)}`;
  const read = (name: string): string | undefined => {
    const open = `${openDelimiter(name, nonce)}\n`;
    const start = user.indexOf(open);
    const end = user.indexOf(close, start + open.length);
    return start < 0 || end < 0 ? undefined : user.slice(start + open.length, end);
  };
  const question = read('QUESTION');
  const answers: string[] = [];
  for (let text = read('ANSWER 1'); text !== undefined; text = read(`ANSWER ${answers.length + 1}`))
    answers.push(text);
  return question === undefined || answers.length === 0 ? undefined : { question, answers };
}

/** True where a text carries a delimiter of a merging task. */
export function hasDelimiter(text: string): boolean {
  return DELIMITER.test(text);
}
