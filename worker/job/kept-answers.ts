import type { JobRecord } from '../../shared/job/record.ts';
import { type FilteredAnswers, filterAnswers } from '../aggregate/filter-answers.ts';
import type { Candidate, Question } from '../aggregate/types.ts';
import type { JobRun } from './job-run.ts';
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

/** What is usable of a run's answers: looked at when it is asked for, and again only once there are more. */
export class KeptAnswers {
  readonly #run: JobRun;
  readonly #gates: Gates;
  #seen: { answers: number; found: FilteredAnswers } | undefined;

  constructor(run: JobRun, gates: Gates) {
    this.#run = run;
    this.#gates = gates;
  }

  /** Answers only ever come, and none of them changes: their number says which they are. */
  look(): FilteredAnswers {
    const { job } = this.#run;
    const answers = Object.keys(job.answers).length;
    if (this.#seen?.answers !== answers)
      this.#seen = { answers, found: filterAnswers(questionOf(job), candidatesOf(job, this.#gates)) };
    return this.#seen.found;
  }
}
