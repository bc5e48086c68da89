import { expectedLanguage, isWrongLanguage } from './language.ts';
import { isRefusal } from './refusal.ts';
import { compareText } from './text.ts';
import type { Candidate, Filtered, FilterReason, Question } from './types.ts';

export interface FilteredAnswers {
  kept: Candidate[];
  filtered: Filtered[];
}

/** Whether a candidate is to go; `stay` are those before it that are not. */
type Test = (candidate: Candidate, stay: readonly Candidate[]) => boolean;

const isEmpty: Test = ({ text }) => !/[\p{L}\p{N}\p{S}]/u.test(text);
const refuses: Test = ({ text }) => isRefusal(text);
const isTruncated: Test = ({ outcome }) => outcome === 'truncated';
const repeatsUpstream: Test = ({ upstream }, stay) => {
  for (const other of stay) if (other.upstream === upstream) return true;
  return false;
};

class Sieve {
  kept: Candidate[];
  readonly filtered: Filtered[] = [];

  constructor(candidates: readonly Candidate[]) {
    this.kept = [...candidates].sort(compareCandidates);
  }

  drop(reason: FilterReason, isBad: Test): void {
    const stay: Candidate[] = [];
    for (const candidate of this.kept) {
      if (isBad(candidate, stay)) this.filtered.push({ provider: candidate.provider, reason });
      else stay.push(candidate);
    }
    this.kept = stay;
  }

  dropUnlessAll(reason: FilterReason, isBad: Test): void {
    for (const candidate of this.kept) {
      if (isBad(candidate, [])) continue;
      this.drop(reason, isBad);
      return;
    }
  }
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    compareText(a.provider, b.provider) || compareText(a.upstream, b.upstream) || compareText(a.text, b.text)
  );
}

const compareProviders = (a: Filtered, b: Filtered): number => compareText(a.provider, b.provider);

/** As far as somebody has looked. All of them stay in whatever language it is, and so does one alone. */
function areInOneLanguage(candidates: readonly Candidate[]): boolean {
  const [first] = candidates;
  for (const candidate of candidates) {
    if (candidate === first) continue;
    if (candidate.language === undefined || candidate.language !== first?.language) return false;
  }
  return true;
}

/**
 * Sorts out what should not be merged. Both lists come in the order of provider ids, whatever the order
 * given. A truncated answer, or one in another language, goes only where a better one stays: a job should
 * not end without an answer that it has. Equal texts of different upstreams are agreement and stay.
 */
export function filterAnswers(question: Question, candidates: readonly Candidate[]): FilteredAnswers {
  const sieve = new Sieve(candidates);
  sieve.drop('empty', isEmpty);
  sieve.drop('refusal', refuses);
  const language = areInOneLanguage(sieve.kept) ? undefined : expectedLanguage(question);
  if (language !== undefined)
    sieve.dropUnlessAll('wrong_language', (candidate) => isWrongLanguage(candidate, language));
  sieve.dropUnlessAll('truncated', isTruncated);
  sieve.drop('duplicate_upstream', repeatsUpstream);
  return { kept: sieve.kept, filtered: sieve.filtered.sort(compareProviders) };
}
