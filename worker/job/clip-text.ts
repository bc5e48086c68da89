import { LIMITS } from '../../shared/contract/limits.ts';

/** Cuts at `maxBytes` of UTF-8, never inside a character. */
export function clipText(
  text: string,
  maxBytes: number = LIMITS.answerBytes,
): { text: string; whole: boolean } {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxBytes) return { text, whole: true };
  let end = maxBytes;
  // 10xxxxxx continues a character.
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1;
  return { text: bytes.subarray(0, end).toString('utf8'), whole: false };
}
