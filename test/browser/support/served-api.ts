import { startServer } from '../../../api/server.ts';
import { makeApi } from '../../../api/testing/api-fixture.ts';
import { systemClock } from '../../../shared/adapters/system/system-clock.ts';
import type { Env } from '../../../shared/config/env-reader.ts';
import type { End } from '../../../shared/job/ends.ts';
import type { JobRecord, Merged } from '../../../shared/job/record.ts';

/** Nobody needs a key, and all three providers are wanted. */
const OPEN: Env = { API_KEYS: '', QUORUM: '3' };

export interface Ended {
  question?: string;
  answers?: Record<string, string>;
  merged?: Partial<Merged> | null;
  degraded?: boolean;
  filtered?: Record<string, string>;
}

/** The API over a store in memory, served over HTTP; jobs go as far as a test lets them. */
export async function serveApi(env: Env = OPEN) {
  const api = makeApi({ env, clock: systemClock });
  const server = await startServer(api, '127.0.0.1', 0);

  const submit = async (question: string): Promise<string> => {
    const { id } = (await (await api.submit({ question })).json()) as { id: string };
    return id;
  };

  const mergedOf = (job: JobRecord, merged: Partial<Merged>): Merged => ({
    text: 'A private door to a service.',
    language: 'en',
    strategy: 'synthesis',
    merger: job.panel[0]?.id ?? null,
    providers: Object.keys(job.answers),
    agreement: null,
    dissent: [],
    fallback_reason: null,
    ...merged,
  });

  /** A job that has ended in one way or another. */
  const endJob = async ({ question, answers, merged = {}, degraded = false, filtered = {} }: Ended) => {
    const id = await submit(question ?? 'What is a VPC endpoint?');
    await api.worker.claim(id);
    for (const [provider, text] of Object.entries(answers ?? {})) await api.worker.answer(id, provider, text);
    const job = await api.store.getJob(id);
    if (!job) throw new Error(`there is no job ${id}`);
    const considered = Object.keys(job.answers);
    const verdict = {
      considered,
      filtered,
      quorumGot: considered.length - Object.keys(filtered).length,
      degraded,
    };
    const end: End =
      merged === null
        ? { status: 'failed', verdict, error: { code: 'no_usable_answer', message: 'none', retryable: true } }
        : { status: 'succeeded', verdict: { ...verdict, merged: mergedOf(job, merged) } };
    await api.worker.end(id, end);
    return id;
  };

  return {
    api,
    address: `http://127.0.0.1:${server.port}`,
    submit,
    endJob,
    close: async () => {
      api.watchers.close();
      await server.close(0);
    },
  };
}

export type ServedApi = Awaited<ReturnType<typeof serveApi>>;
