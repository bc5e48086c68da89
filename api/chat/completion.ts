import { z } from 'zod';
import { type JobErrorCode, jobSchema } from '../../shared/contract/job.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { viewJob } from '../../shared/job/view.ts';

const usageSchema = z.object({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
});

type ChatUsage = z.output<typeof usageSchema>;

const shown = { quorum: true, degraded: true, simulated: true, agreement: true, dissent: true } as const;

/** What OpenAI's shape has no place for, beside it. */
const detailsSchema = jobSchema.pick(shown).extend({ job_id: z.string() });

export const completionSchema = z
  .object({
    id: z.string(),
    object: z.literal('chat.completion'),
    created: z.int(),
    model: z.string(),
    choices: z.array(
      z.object({
        index: z.int(),
        message: z.object({ role: z.literal('assistant'), content: z.string(), refusal: z.null() }),
        finish_reason: z.literal('stop'),
        logprobs: z.null(),
      }),
    ),
    usage: usageSchema
      .optional()
      .meta({ description: 'The sum of all calls; absent where none told theirs.' }),
    iscoolgpt: detailsSchema,
  })
  .meta({ id: 'ChatCompletion' });

/** What the calls of a job used together; undefined where no call said. */
export function usageOf({ ledger, cached_from }: JobRecord): ChatUsage | undefined {
  const known = Object.values(ledger).flatMap(({ usage }) => (usage ? [usage] : []));
  if (known.length === 0 && cached_from === undefined) return undefined;
  const prompt = known.reduce((sum, usage) => sum + usage.input_tokens, 0);
  const completion = known.reduce((sum, usage) => sum + usage.output_tokens, 0);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

/** The merged answer. Where fewer stand behind it than should, it says so first: no client shows more than the text. */
export function contentOf({ merged, degraded, quorum, quorum_got }: JobRecord): string {
  const text = merged?.text ?? '';
  if (!degraded) return text;
  const note = merged?.language?.startsWith('pt')
    ? `Resposta degradada: ${quorum_got} de ${quorum} respostas necessárias.`
    : `Degraded answer: ${quorum_got} of ${quorum} answers needed.`;
  return `> ${note}\n\n${text}`;
}

/** What every part of a completion carries. */
export function headOf(job: JobRecord, model: string) {
  return { id: `chatcmpl-${job.id}`, created: Math.floor(job.created_at / 1000), model };
}

export function detailsOf(job: JobRecord): z.output<typeof detailsSchema> {
  const { id, quorum, degraded, simulated, agreement, dissent } = viewJob(job);
  return { job_id: id, quorum, degraded, simulated, agreement, dissent };
}

export function completionOf(job: JobRecord, model: string): z.output<typeof completionSchema> {
  const usage = usageOf(job);
  return {
    ...headOf(job, model),
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: contentOf(job), refusal: null },
        finish_reason: 'stop',
        logprobs: null,
      },
    ],
    ...(usage ? { usage } : {}),
    iscoolgpt: detailsOf(job),
  };
}

const END_STATUSES: Record<JobErrorCode, 502 | 504 | 500> = {
  no_usable_answer: 502,
  deadline_exceeded: 504,
  expired: 504,
  poison: 500,
};

/** Why a job that ended has no answer, as an HTTP status and in words; undefined where it has one. */
export function failureOf(
  job: JobRecord,
): { status: 502 | 504 | 500 | 409; code: string; message: string } | undefined {
  if (job.status === 'succeeded') return undefined;
  if (!job.error) return { status: 409, code: job.status, message: `The job ${job.id} was ${job.status}.` };
  const { code, message } = job.error;
  return { status: END_STATUSES[code], code, message: `${message} (job ${job.id})` };
}
