import type { JobRecord } from '../../shared/job/record.ts';
import { filterAnswers } from '../aggregate/filter-answers.ts';
import type { Candidate, Filtered, Question } from '../aggregate/types.ts';
import { type Gates, gateOf } from './panel-calls.ts';

export function questionOf(job: JobRecord): Question {
  return job.language === undefined ? { text: job.question } : { text: job.question, language: job.language };
}

function candidatesOf(job: JobRecord, gates: Gates): Candidate[] {
  return job.panel.flatMap((member) => {
    const answer = job.answers[member.id];
    if (!answer) return [];
    const upstream = gateOf(gates, member)?.provider.upstream ?? `${member.id}/${member.model}`;
    const { outcome, text, language } = answer;
    return [{ provider: member.id, model: member.model, upstream, outcome, text, language }];
  });
}

/** What is usable of the answers that are there. */
export function keptAnswers(job: JobRecord, gates: Gates): { kept: Candidate[]; filtered: Filtered[] } {
  return filterAnswers(questionOf(job), candidatesOf(job, gates));
}
