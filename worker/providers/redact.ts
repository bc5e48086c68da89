const MAX_DETAIL_LENGTH = 200;

/** Keys and account ids as OpenAI, Hugging Face, Google and bearer headers write them. */
const SECRET_SHAPES =
  /\b(?:sk|pk|org|proj|hf)[-_][\w*-]{4,}|\bAIza[\w*-]{8,}|\bBearer\s+\S+|project_number:\d+/g;

/** A provider's own words, on one line, short, without our key or account: fit for the job's reader. */
export function redactSecrets(text: string, secret: string | undefined): string {
  const known = secret === undefined || secret === '' ? text : text.replaceAll(secret, '[redacted]');
  const line = known.replace(SECRET_SHAPES, '[redacted]').replace(/\s+/g, ' ').trim();
  return line.length > MAX_DETAIL_LENGTH ? `${line.slice(0, MAX_DETAIL_LENGTH - 1)}…` : line;
}
