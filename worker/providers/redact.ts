const MAX_DETAIL_LENGTH = 200;
/** Nothing beyond is read: a provider may send megabytes. */
const MAX_READ_LENGTH = 10_000;

/** Providers show the beginning of a key, and stars or dots for the rest: so much of it gives it away. */
const HEAD_LENGTH = 6;
/** Of a shorter secret the beginning may be an ordinary word. */
const MIN_SECRET_LENGTH = 12;

/** Keys and account ids as OpenAI, Hugging Face, Google and bearer headers write them, and what is masked. */
const SECRET_SHAPES =
  /\b(?:sk|pk|org|proj|hf)[-_][\w*-]{4,}|\bAIza[\w*-]{8,}|\bBearer\s+\S+|project_number:\d+|[\w-]{0,40}\*{3,}[\w*-]{0,80}/g;

function withoutSecret(text: string, secret: string): string {
  const whole = text.replaceAll(secret, '[redacted]');
  if (secret.length < MIN_SECRET_LENGTH) return whole;
  const [before = '', ...after] = whole.split(secret.slice(0, HEAD_LENGTH));
  return before + after.map((rest) => `[redacted]${rest.replace(/^[\w*.…-]+/, '')}`).join('');
}

const MACHINE_WORD = /^[\w.-]{1,64}$/;

/** A word by which a provider's machine says what it means; undefined for anything else, and for what may be a key. */
export function machineWord(word: string | null | undefined, secret: string | undefined): string | undefined {
  if (!word || !MACHINE_WORD.test(word)) return undefined;
  // Nearly every reply ends with one so short that it can be no key's beginning: `stop`.
  if (word.length < HEAD_LENGTH && !(secret && word.includes(secret))) return word;
  return redactSecrets(word, secret) === word ? word : undefined;
}

/** A provider's own words, on one line, short, without our key or account: fit for the job's reader. */
export function redactSecrets(text: string, secret: string | undefined): string {
  const known = secret ? withoutSecret(text, secret) : text;
  const line = known
    .slice(0, MAX_READ_LENGTH)
    .replace(SECRET_SHAPES, '[redacted]')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > MAX_DETAIL_LENGTH ? `${line.slice(0, MAX_DETAIL_LENGTH - 1)}…` : line;
}
