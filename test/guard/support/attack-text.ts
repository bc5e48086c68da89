import fc from 'fast-check';

/** What parsers and logs stumble upon. */
const NASTY = [
  '\u0000',
  '\u001b[31m',
  '\u001b]0;owned\u0007',
  '\u009b2J',
  '\r\n',
  '\u2028',
  '\u202e',
  '\ud800',
  '\udfff',
  '\ufffe',
  '%00',
  '%0d%0a',
  '%',
  '%2e%2e%2f',
  '%ff%fe',
  '../',
  '//',
  ';',
  '#',
  '?',
  '"',
  "'",
  '\\',
  '{{7*7}}',
  '$' + '{jndi:ldap://127.0.0.1/a}',
  '<script>',
  'ﷺ',
  '👩‍👩‍👧‍👦',
  '__proto__',
  'constructor',
] as const;

/** Text of every kind, and of the kinds that do harm. */
export const attackText = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 8 })
  .map((parts) => parts.join(''));
