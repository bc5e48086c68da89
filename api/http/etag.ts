import type { JobRecord } from '../../shared/job/record.ts';

export function etagOf(job: Pick<JobRecord, 'id' | 'revision'>): string {
  return `"${job.id}-${job.revision}"`;
}

/** If-None-Match of RFC 9110: a list of tags, compared weakly, or `*`. */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes('*') || tags.includes(etag);
}
