import type { JobWrite } from '../../shared/job/job-write.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { type FilteredAnswers, filterAnswers } from '../aggregate/filter-answers.ts';
import type { Candidate, Question } from '../aggregate/types.ts';
import type { JobRun } from './job-run.ts';
import type { BuildWrite } from './job-writer.ts';
import { type Gates, gateOf } from './panel-calls.ts';

export function questionOf(job: JobRecord): Question {
  return job.language === undefined ? { text: job.question } : { text: job.question, language: job.language };
}

function candidatesOf({ job, answers }: JobRun, gates: Gates): Candidate[] {
  return job.panel.flatMap((member) => {
    const answer = answers[member.id];
    if (!answer) return [];
    const upstream = gateOf(gates, member)?.provider.upstream ?? `${member.id}/${member.model}`;
    const { outcome, text, language } = answer;
    return [{ provider: member.id, model: member.model, upstream, outcome, text, language }];
  });
}

/** What was found in the answers that were there. */
export interface Look extends FilteredAnswers {
  /** Of each provider that had answered, the attempt that brought its answer. */
  attempts: Record<string, string>;
}

/** What is usable of a run's answers: looked at when it is asked for, and again only once they are others. */
export class KeptAnswers {
  readonly #run: JobRun;
  readonly #gates: Gates;
  #last: Look | undefined;

  constructor(run: JobRun, gates: Gates) {
    this.#run = run;
    this.#gates = gates;
  }

  get count(): number {
    return Object.keys(this.#run.answers).length;
  }

  look(): Look {
    const attempts: Record<string, string> = {};
    for (const [provider, { attempt }] of Object.entries(this.#run.answers)) attempts[provider] = attempt;
    if (!this.#last || !areSame(this.#last.attempts, attempts)) {
      const found = filterAnswers(questionOf(this.#run.job), candidatesOf(this.#run, this.#gates));
      this.#last = { ...found, attempts };
    }
    return this.#last;
  }
}

/** An attempt brings one answer, which never changes. */
function areSame(a: Record<string, string>, b: Record<string, string>): boolean {
  const providers = Object.keys(a);
  return (
    providers.length === Object.keys(b).length && providers.every((provider) => a[provider] === b[provider])
  );
}

/** What was decided stands on an answer that is not the stored one: look again. */
export class AnswersChanged extends Error {
  constructor(provider: string) {
    super(`what was decided stands on an answer of ${provider} that the job does not have`);
    this.name = 'AnswersChanged';
  }
}

/** A write that stands on answers: it is made only where each of them is stored, or is stored by the same write. */
export function standingOn({ attempts }: Look, build: (job: JobRecord) => JobWrite): BuildWrite {
  return (job, before) => {
    for (const [provider, attempt] of Object.entries(attempts)) {
      const isStored = job.answers[provider]?.attempt === attempt;
      if (!isStored && !storesAnswer(before, provider)) throw new AnswersChanged(provider);
    }
    return build(job);
  };
}

function storesAnswer(write: JobWrite | undefined, provider: string): boolean {
  return write?.set.some(([path]) => path[0] === 'answers' && path[1] === provider) ?? false;
}
