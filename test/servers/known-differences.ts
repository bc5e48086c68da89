export const SERVERS = ['moto', 'elasticmq', 'dynamodb-local'] as const;
export type ServerName = (typeof SERVERS)[number];

/** Where a server does otherwise than the services that it plays, as the suites see it. */
export interface KnownDifference {
  server: ServerName;
  suite: 'queue' | 'store';
  difference: string;
  /** The ends of the names of the tests that show it, groups and title joined by ` > `. */
  tests: readonly string[];
  /** How their failures begin: another failure of the same test is another difference. */
  failure: RegExp;
  /** It depends on what happens at the same moment: a run may pass without it. */
  race?: true;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    server: 'moto',
    suite: 'queue',
    difference:
      'a receipt whose visibility is over, and whose message is held by another, can still be extended',
    tests: ['receipts > says lost of a receipt whose visibility is over'],
    failure: /expected 'extended' to be 'lost'/,
  },
  {
    server: 'moto',
    suite: 'store',
    difference:
      'conditional writes of one row at the same moment may all succeed, and a count of theirs be lost: a write is judged and done in two steps, without a lock',
    tests: [
      'jobs > lets one of many create the job',
      'conditional writes > lets one of two claims win',
      'conditional writes > loses none of many answers that arrive at once',
      'presences, quotas and cached answers > counts to the quota and not beyond, however many ask at once',
      'presences, quotas and cached answers > counts again what was taken back, never below nothing',
    ],
    failure: /to have a length of 1 but got \d+|expected \d+ to be \d+|to deeply equal/,
    race: true,
  },
];
