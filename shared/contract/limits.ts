/** Sizes that keep a whole job under DynamoDB's 400 KB an item. */
export const LIMITS = {
  questionCharacters: 8000,
  panelSize: 8,
  answerBytes: 32 * 1024,
  mergedBytes: 64 * 1024,
  metadataEntries: 16,
  metadataKeyCharacters: 64,
  metadataValueCharacters: 512,
  webhookUrlCharacters: 2048,
  idempotencyKeyCharacters: 255,
  deadlineSecondsMin: 5,
  deadlineSecondsMax: 900,
  deadlineSecondsDefault: 120,
  /** Jobs, tombstones and merged answers are kept this long. */
  retentionSeconds: 7 * 24 * 3600,
  cacheSeconds: 24 * 3600,
  pageSizeMax: 100,
  pageSizeDefault: 20,
} as const;

/** A read or a sweep ends a job only this long after its deadline, so that its worker comes first. */
export const DEADLINE_GRACE_MS = 2000;
