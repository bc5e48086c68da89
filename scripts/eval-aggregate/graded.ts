import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Candidate } from '../../worker/aggregate/types.ts';

/** One question with the answers of several models and the verdict on each. */
export interface Graded {
  id: string;
  /** The collection that it comes from: results are told apart by it. */
  set: string;
  question: string;
  answers: { model: string; text: string; correct: boolean }[];
}

/** One line of a data file; what else it holds is not looked at. */
const line = z
  .object({
    id: z.string(),
    set: z.string(),
    question: z.string(),
    candidates: z
      .array(z.object({ model: z.string(), answer_text: z.string(), correct: z.boolean() }))
      .min(2),
  })
  .transform(
    ({ id, set, question, candidates }): Graded => ({
      id,
      set,
      question,
      answers: candidates.map(({ model, answer_text: text, correct }) => ({ model, text, correct })),
    }),
  );

/** Throws where a line is not as it should be, naming it. */
export function parseGraded(jsonLines: string): Graded[] {
  return jsonLines.split('\n').flatMap((text, index) => {
    if (text.trim() === '') return [];
    try {
      return [line.parse(JSON.parse(text))];
    } catch (error) {
      throw new Error(
        `line ${index + 1} must be JSON with id, set, question and candidates[{model, answer_text, correct}]`,
        { cause: error },
      );
    }
  });
}

export async function readGraded(file: string): Promise<Graded[]> {
  return parseGraded(await readFile(file, 'utf8'));
}

/** Each model stands for a provider of its own. */
export function toCandidates({ answers }: Graded): Candidate[] {
  return answers.map(({ model, text }) => ({ provider: model, model, upstream: model, outcome: 'ok', text }));
}
