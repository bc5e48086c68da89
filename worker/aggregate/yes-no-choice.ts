import { plainText } from './plain-text.ts';
import { foldWord } from './text.ts';

const YES = '(?:yes|yeah|yep|sim)';
/** In Portuguese "no" opens many a sentence as "in the": as an answer it stands before a mark. */
const NO = '(?:nope|nao|no(?=\\s*(?:[,.;:!–—-]|$|\\n)))';
const OPENING = new RegExp(
  `^\\W*(?:(?:the )?(?:short )?(?:answer|resposta)(?: is| e|:)?\\W+)?(?:(${YES})|(${NO}))\\b`,
);
const STATED = new RegExp(`\\b(?:answer|resposta)(?: is| e|:)\\W{1,3}(?:(${YES})|(${NO}))\\b`, 'g');

/** `yes` or `no` where an answer opens with it or states it; undefined where it does neither. */
export function readYesNo(answer: string): 'yes' | 'no' | undefined {
  const folded = foldWord(plainText(answer));
  const match = OPENING.exec(folded) ?? [...folded.matchAll(STATED)].at(-1);
  if (!match) return undefined;
  return match[1] === undefined ? 'no' : 'yes';
}
