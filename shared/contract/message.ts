import { z } from 'zod';

/** What travels through the queue: ids only, so that a body is small, ASCII and free of content. */
const jobMessageSchema = z.object({
  v: z.literal(1),
  job_id: z.string().regex(/^[0-9a-f]{32}$/),
});

export interface JobMessage {
  jobId: string;
}

export type ParsedMessage = { ok: true; message: JobMessage } | { ok: false; reason: string };

export function formatJobMessage(message: JobMessage): string {
  return JSON.stringify({ v: 1, job_id: message.jobId });
}

/**
 * Fields that are not known are ignored: during a rolling deploy a newer API may talk to an older worker.
 * A body that cannot be read is permanent; its `reason` goes with it to the dead letters.
 */
export function parseJobMessage(body: string): ParsedMessage {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { ok: false, reason: 'the body is not JSON' };
  }
  const parsed = jobMessageSchema.safeParse(json);
  if (parsed.success) return { ok: true, message: { jobId: parsed.data.job_id } };
  const issue = parsed.error.issues[0];
  return { ok: false, reason: `${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'is not valid'}` };
}
