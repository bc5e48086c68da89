import { z } from 'zod';

const NOT_ASCII = /[^\x20-\x7e]/g;

const untouchedSchema = z.object({
  create_token: z.string().min(1),
  deadline_at: z.number(),
  panel: z.array(z.object({ id: z.string().min(1), model: z.string().min(1) })).min(1),
});

/** What travels through the queue: ids and a deadline, so that a body is small, ASCII and free of content. */
const jobMessageSchema = z.object({
  v: z.literal(1),
  job_id: z.string().regex(/^[0-9a-f]{32}$/),
  // It spares a read, and decides nothing: what cannot be read is as good as absent.
  untouched: untouchedSchema.optional().catch(undefined),
});

/** What a claim needs to know of a job that was as it was put when its message was sent. */
export type Untouched = z.infer<typeof untouchedSchema>;

export interface JobMessage {
  jobId: string;
  untouched?: Untouched | undefined;
}

export type ParsedMessage = { ok: true; message: JobMessage } | { ok: false; reason: string };

export function formatJobMessage({ jobId, untouched }: JobMessage): string {
  const json = JSON.stringify({ v: 1, job_id: jobId, untouched });
  return json.replace(NOT_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
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
  if (parsed.success) {
    const { job_id: jobId, untouched } = parsed.data;
    return { ok: true, message: { jobId, ...(untouched && { untouched }) } };
  }
  const issue = parsed.error.issues[0];
  return { ok: false, reason: `${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'is not valid'}` };
}
