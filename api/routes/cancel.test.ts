import { describe, expect, test } from 'vitest';
import { BOB, makeApi } from '../testing/api-fixture.ts';
import { jobIn, problemIn } from '../testing/read-response.ts';

function fixture() {
  const api = makeApi();
  const cancel = (id: string, key?: string) => api.ask(`/v1/jobs/${id}/cancel`, { method: 'POST', key });
  return { ...api, cancel };
}

describe('POST /v1/jobs/{id}/cancel', () => {
  test('a queued job is canceled at once, and again', async () => {
    const api = fixture();
    const { id } = await jobIn(await api.submit(), 202);
    expect(await jobIn(await api.cancel(id), 200)).toMatchObject({ status: 'canceled', done: true });
    const again = await jobIn(await api.cancel(id), 200);
    expect(again).toMatchObject({ status: 'canceled', revision: 2 });
  });

  test('a running job is canceling, and again; its worker ends it', async () => {
    const api = fixture();
    const { id } = await jobIn(await api.submit(), 202);
    await api.worker.claim(id);
    const response = await api.cancel(id);
    expect(await jobIn(response, 202)).toMatchObject({ status: 'canceling', done: false });
    expect(response.headers.get('Retry-After')).toBe('1');
    expect((await jobIn(await api.cancel(id), 202)).revision).toBe(3);
    await api.worker.end(id, { status: 'canceled' });
    expect((await jobIn(await api.cancel(id), 200)).status).toBe('canceled');
  });

  test.each(['succeeded', 'failed'] as const)('a job that has %s is 409', async (status) => {
    const api = fixture();
    const { id } = await jobIn(await api.submit(), 202);
    await api.worker.claim(id);
    await api.worker.end(id, { status });
    await problemIn(await api.cancel(id), 'already_ended');
  });

  test('a job whose time is over has ended before it could be canceled', async () => {
    const api = fixture();
    const { id } = await jobIn(await api.submit({ deadline_seconds: 5 }), 202);
    await api.clock.advance(7000);
    await problemIn(await api.cancel(id), 'already_ended');
    expect((await jobIn(await api.ask(`/v1/jobs/${id}`), 200)).status).toBe('expired');
  });

  test('a worker that claims the job meanwhile makes it canceling, one that ends it 409', async () => {
    const api = fixture();
    const write = api.memoryStore.writeJob.bind(api.memoryStore);
    const meanwhile = (act: (id: string) => Promise<unknown>) => {
      api.memoryStore.writeJob = async (first) => {
        api.memoryStore.writeJob = write;
        await act(first.id);
        return write(first);
      };
    };
    const claimed = await jobIn(await api.submit(), 202);
    meanwhile((id) => api.worker.claim(id));
    expect((await jobIn(await api.cancel(claimed.id), 202)).status).toBe('canceling');
    const ended = await jobIn(await api.submit(), 202);
    await api.worker.claim(ended.id);
    meanwhile((id) => api.worker.end(id, { status: 'succeeded' }));
    await problemIn(await api.cancel(ended.id), 'already_ended');
  });

  test("another's job is 404 and runs on", async () => {
    const api = fixture();
    const { id } = await jobIn(await api.submit(), 202);
    await problemIn(await api.cancel(id, BOB), 'not_found');
    expect((await api.memoryStore.getJob(id))?.status).toBe('queued');
  });
});
