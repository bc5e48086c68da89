import type { JobRequest } from '../client.ts';

/** What a line of a file asks, and where it stands. */
export interface AskedLine {
  line: number;
  request: JobRequest;
}

/** A line that asks nothing that could be understood. */
export class LineError extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(problem);
    this.line = line;
  }
}

function parseLine(line: number, text: string, defaults: Omit<JobRequest, 'question'>): JobRequest {
  if (!/^["{]/.test(text)) return { ...defaults, question: text };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LineError(line, (error as Error).message);
  }
  if (typeof value === 'string') return { ...defaults, question: value };
  if (typeof value === 'object' && value !== null && 'question' in value) {
    // The server judges the rest, and says what is wrong with it.
    return { ...defaults, ...(value as JobRequest) };
  }
  throw new LineError(line, 'JSON without "question"');
}

/** A question a line: as it is, as a JSON text, or as a request in JSON, whose fields go before the defaults. */
export function readQuestions(text: string, defaults: Omit<JobRequest, 'question'>): AskedLine[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ text: line.trim(), line: index + 1 }))
    .filter((row) => row.text !== '')
    .map((row) => ({ line: row.line, request: parseLine(row.line, row.text, defaults) }));
}
