import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SYNTHESIS_FAULTS } from '../../../worker/aggregate/read-synthesis.ts';

const schema = z.strictObject({
  /** Given as a provider's answer and as a question; `{nonce}` stands for the code of the very call. */
  attacks: z.array(z.strictObject({ id: z.string(), language: z.enum(['en', 'pt']), text: z.string() })),
  /** What a merging model says that was taken in; and why it is not taken. */
  bad_replies: z.array(
    z.strictObject({ id: z.string(), reason: z.enum(SYNTHESIS_FAULTS), text: z.string() }),
  ),
  /** What comes near a bad one, and is none. */
  honest_replies: z.array(z.strictObject({ id: z.string(), text: z.string() })),
});

const FILE = join(import.meta.dirname, '../data/injections.json');

export const INJECTIONS = schema.parse(JSON.parse(readFileSync(FILE, 'utf8')));

export function withNonce(text: string, nonce: string): string {
  return text.replaceAll('{nonce}', nonce);
}
