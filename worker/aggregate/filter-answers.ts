import { expectedLanguage, isWrongLanguage } from './language.ts';
import { isRefusal } from './refusal.ts';
import { compareText } from './text.ts';
import type { Candidate, Filtered, FilterReason, Question } from './types.ts';

export interface FilteredAnswers {
  kept: Candidate[];
  filtered: Filtered[];
}

type Test = (candidate: Candidate) => boolean;

/** As far as somebody has looked. All of them stay in whatever language it is, and so does one alone. */
function areInOneLanguage(candidates: readonly Candidate[]): boolean {
  const [first, ...others] = candidates;
  return others.every(({ language }) => language !== undefined && language === first?.language);
}

/**
 * Sorts out what should not be merged. Both lists come in the order of provider ids, whatever the order
 * given. A truncated answer, or one in another language, goes only where a better one stays: a job should
 * not end without an answer that it has. Equal texts of different upstreams are agreement and stay.
 */
export function filterAnswers(question: Question, candidates: readonly Candidate[]): FilteredAnswers {
  const filtered: Filtered[] = [];
  let kept = [...candidates].sort(
    (a, b) =>
      compareText(a.provider, b.provider) ||
      compareText(a.upstream, b.upstream) ||
      compareText(a.text, b.text),
  );
  const drop = (reason: FilterReason, isBad: Test): void => {
    kept = kept.filter((candidate) => {
      if (!isBad(candidate)) return true;
      filtered.push({ provider: candidate.provider, reason });
      return false;
    });
  };
  const dropUnlessAll = (reason: FilterReason, isBad: Test): void => {
    if (!kept.every(isBad)) drop(reason, isBad);
  };

  drop('empty', ({ text }) => !/[\p{L}\p{N}\p{S}]/u.test(text));
  drop('refusal', ({ text }) => isRefusal(text));
  const language = areInOneLanguage(kept) ? undefined : expectedLanguage(question);
  if (language !== undefined)
    dropUnlessAll('wrong_language', (candidate) => isWrongLanguage(candidate, language));
  dropUnlessAll('truncated', ({ outcome }) => outcome === 'truncated');
  const firsts = new Set(
    new Map([...kept].reverse().map((candidate) => [candidate.upstream, candidate])).values(),
  );
  drop('duplicate_upstream', (candidate) => !firsts.has(candidate));

  return { kept, filtered: filtered.sort((a, b) => compareText(a.provider, b.provider)) };
}
