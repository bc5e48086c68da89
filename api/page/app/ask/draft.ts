import { LIMITS } from '../../../../shared/contract/limits.ts';
import type { JobRequest, JobView, Mode, Strategy } from '../../../client.ts';

/** A question and how it is to be asked, as the form has it. */
export interface Draft {
  question: string;
  mode: Mode;
  strategy: Strategy;
  deadlineSeconds: number;
  /** Undefined: the whole panel. */
  providers: string[] | undefined;
  cache: boolean;
}

export const EMPTY_DRAFT: Draft = {
  question: '',
  mode: 'balanced',
  strategy: 'synthesis',
  deadlineSeconds: LIMITS.deadlineSecondsDefault,
  providers: undefined,
  cache: true,
};

export function requestOf(draft: Draft): JobRequest {
  return {
    question: draft.question.trim(),
    mode: draft.mode,
    strategy: draft.strategy,
    deadline_seconds: draft.deadlineSeconds,
    cache: draft.cache,
    ...(draft.providers === undefined ? {} : { providers: draft.providers }),
  };
}

/** The same question to the same panel, answered anew. */
export function askAgain(job: JobView): JobRequest {
  const deadlineSeconds = Math.round((Date.parse(job.deadline_at) - Date.parse(job.created_at)) / 1000);
  return {
    question: job.question,
    mode: job.mode,
    strategy: job.strategy,
    deadline_seconds: Math.min(
      LIMITS.deadlineSecondsMax,
      Math.max(LIMITS.deadlineSecondsMin, deadlineSeconds),
    ),
    providers: job.providers.map(({ id }) => id),
    metadata: job.metadata,
    cache: false,
    ...(job.language === null ? {} : { language: job.language }),
  };
}
