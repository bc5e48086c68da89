import axe, { type AxeResults } from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ALICE } from '../../api/testing/api-fixture.ts';
import { BROWSER_TEST, describeInBrowser, TestBrowser } from './support/browser.ts';
import { type Ended, type ServedApi, serveApi } from './support/served-api.ts';

const HOSTILE = [
  '# Heading\n',
  '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>',
  '<style>body{display:none}</style><iframe srcdoc="<script>parent.hacked=1</script>"></iframe>\n',
  '[click](javascript:window.hacked=1) [data](data:text/html,<script>hacked=1</script>) <javascript:window.hacked=1>\n',
  '![pixel](http://127.0.0.1:9/pixel.png) ![x](x" onerror="window.hacked=1)\n',
  '</div></section></main><form action="http://127.0.0.1:9/"><input name=key></form>\n',
  '[good](https://docs.aws.amazon.com/vpc/ "title\\" onclick=\\"window.hacked=1")\n',
  '&lt;script&gt;window.hacked=1&lt;/script&gt;\n',
  '```html\n<script>window.hacked=1</script>\n```\n',
  '| a | <b onclick="window.hacked=1">b</b> |\n|---|---|\n| 1 | `<i>` |\n',
].join('\n');

const RICH: Ended = {
  question: 'Gateway endpoint or interface endpoint?',
  answers: {
    openai: 'Gateway endpoints are free.',
    gemini: 'Interface endpoints cost money.',
    'simulated-c': '...',
  },
  filtered: { 'simulated-c': 'empty' },
  degraded: true,
  merged: {
    text: '## Choice\n\nUse a **gateway endpoint** for S3:\n\n```sh\naws ec2 create-vpc-endpoint --vpc-id vpc-1\n```\n\n| kind | price |\n|---|--:|\n| gateway | 0 |\n',
    agreement: { score: 0.55, method: 'similarity', n: 2 },
    dissent: [{ providers: ['gemini'], claim: 'Interface endpoints cost money.' }],
  },
};

/** Serious and critical findings of axe, each with where it is. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

describeInBrowser('the page', BROWSER_TEST, () => {
  let served: ServedApi;
  let browser: TestBrowser;

  beforeAll(async () => {
    served = await serveApi();
    browser = await TestBrowser.launch();
  });
  afterEach(() => browser.closePages());
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  const visitJob = async (ended: Ended, options: BrowserContextOptions = {}) => {
    const id = await served.endJob(ended);
    const visit = await browser.visit(`${served.address}/jobs/${id}`, options);
    await visit.page.locator('.job-head').waitFor();
    return visit;
  };

  it('shows hostile Markdown as text, and fetches nothing that it names', async () => {
    const { page, faults, strangers } = await visitJob({
      answers: { openai: HOSTILE },
      merged: { text: HOSTILE },
    });
    await page.locator('summary.provider-head').click();
    const markdown = page.locator('.merged .markdown');
    expect(await markdown.locator('img, script, style, iframe, form, input, b, i').count()).toBe(0);
    expect(await markdown.textContent()).toContain('<img src=x onerror="window.hacked=1">');
    expect(
      await markdown.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['http://127.0.0.1:9/pixel.png', 'https://docs.aws.amazon.com/vpc/']);
    expect(await markdown.locator('a').last().getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(await markdown.locator('pre').textContent()).toBe('<script>window.hacked=1</script>');
    expect(await markdown.locator('td code').textContent()).toBe('<i>');
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect({ faults, strangers }).toEqual({ faults: [], strangers: [] });
  });

  it('says what is wrong with an answer before the answer', async () => {
    const { page } = await visitJob(RICH);
    const order = await page
      .locator('#degraded, .merged .agreement, .merged .markdown, .dissent')
      .evaluateAll((elements) => elements.map((element) => element.id || element.classList[0]));
    expect(order).toEqual(['degraded', 'agreement', 'markdown', 'dissent']);
    await page.getByText('Simulated providers take part').waitFor();
    expect(await page.title()).toBe('Gateway endpoint or interface endpoint? · IsCoolGPT');
    expect(await page.locator('.badge').textContent()).toBe('Answered below the quorum');
    expect(await page.locator('#degraded').textContent()).toContain(
      'rests on 2 answers, where 3 were wanted',
    );
    expect(await page.locator('.agreement').textContent()).toContain('The 2 answers back this only in part.');
    expect(await page.locator('.dissent').textContent()).toContain('gemini: Interface endpoints cost money.');
    expect(await page.locator('li.provider').last().textContent()).toContain(
      'answered: not merged, for it says nothing',
    );
  });

  it('says why there is no answer, and offers to merge what was kept', async () => {
    const { page } = await visitJob({ answers: { openai: 'I cannot.' }, degraded: true, merged: null });
    expect(await page.locator('.badge').textContent()).toBe('Failed');
    expect(await page.locator('#degraded').count()).toBe(0);
    await page
      .getByText('No provider gave an answer that could be used. 1 answer arrived and is kept.')
      .waitFor();
    expect(await page.locator('.merged').count()).toBe(0);
    await page.getByRole('button', { name: 'Merge by synthesis' }).waitFor();
  });

  it('copies the answer, a block of code and the link', async () => {
    const { page } = await visitJob(RICH, { permissions: ['clipboard-read', 'clipboard-write'] });
    let copies = 0;
    const copied = async (name: string): Promise<string> => {
      await page.locator('.merged, .actions').getByRole('button', { name, exact: true }).click();
      copies += 1;
      await page
        .getByRole('button', { name: 'Copied' })
        .nth(copies - 1)
        .waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copied('Copy code')).toBe('aws ec2 create-vpc-endpoint --vpc-id vpc-1');
    expect(await copied('Copy')).toContain('## Choice');
    expect(await copied('Copy link')).toBe(page.url());
  });

  it('deletes an ended job at the second press', async () => {
    const { page } = await visitJob({ question: 'To be deleted', answers: { openai: 'Yes.' } });
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete for good?' }).click();
    await page.getByRole('textbox', { name: 'Your question' }).waitFor();
    expect(await page.locator('.entry', { hasText: 'To be deleted' }).count()).toBe(0);
  });

  it('says that a job is not there', async () => {
    const { page } = await browser.visit(`${served.address}/jobs/${'0'.repeat(32)}`);
    await page.getByText('There is no such job, or it belongs to another key.').waitFor();
  });

  it('asks for a key where one is needed, and keeps it for the tab alone', async () => {
    const guarded = await serveApi({});
    try {
      const { page, faults } = await browser.visit(guarded.address);
      const field = page.getByLabel('Key', { exact: true });
      await field.fill('wrong');
      await page.getByRole('button', { name: 'Use this key' }).click();
      await page.getByText('The server did not accept this key.').waitFor();
      await field.fill(ALICE);
      await page.getByRole('button', { name: 'Use this key' }).click();
      await page.getByText('Nothing asked yet.').waitFor();
      expect(
        await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]),
      ).toEqual([0, 1, '']);
      await page.reload();
      await page.getByText('Nothing asked yet.').waitFor();
      await page.getByRole('button', { name: 'Forget key' }).click();
      await page.getByText('This server asks for a key.').waitFor();
      expect(faults).toEqual([]);
    } finally {
      await guarded.close();
    }
  });

  it('shows the status of the service, and renews it by itself', async () => {
    const seen = Date.now();
    await served.api.store.putPresence({
      id: 'worker-1',
      started_at: seen,
      seen_at: seen,
      expires_at: Math.ceil(seen / 1000) + 600,
      jobs: [],
      slots: { total: 20, busy: 3 },
      providers: [
        {
          id: 'openai',
          model: 'gpt-5-mini',
          breaker: { state: 'open', reason: 'rate_limited', retry_at: seen + 5000 },
          limiter: { concurrency: 4, max: 8, active: 2, waiting: 1 },
          latency_ms: { p50: 1200, p95: 4800, n: 50 },
          error_ratio: 0.25,
        },
      ],
    });
    const { page, faults } = await browser.visit(`${served.address}/status`);
    await page.getByText('3 of 20 slots busy').waitFor();
    const row = await page.locator('tbody tr', { hasText: 'openai' }).first().textContent();
    expect(row).toMatch(/open.*2 of 4, 1 waiting.*25%.*1\.2 s.*4\.8 s.*ago/);
    await page.getByText('no worker reports on it').first().waitFor();
    const before = await page.locator('.lead').textContent();
    await page.waitForFunction((text) => document.querySelector('.lead')?.textContent !== text, before);
    expect(faults).toEqual([]);
  });

  it.each(['/', '/status', 'job'])('has no serious finding of axe, light and dark: %s', async (view) => {
    const path = view === 'job' ? `/jobs/${await served.endJob(RICH)}` : view;
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await browser.visit(served.address + path, { colorScheme });
      await page
        .locator(view === '/status' ? '.tiles' : view === 'job' ? '.job-head' : '.examples')
        .waitFor();
      for (const summary of await page.locator('main summary').all()) await summary.click();
      expect(await findings(page), colorScheme).toEqual([]);
    }
  });

  it.each(['/', '/status', 'job'])('fits 360 pixels: %s', async (view) => {
    const path = view === 'job' ? `/jobs/${await served.endJob(RICH)}` : view;
    const { page } = await browser.visit(served.address + path, { viewport: { width: 360, height: 740 } });
    await page.locator(view === '/status' ? '.tiles' : view === 'job' ? '.job-head' : '.examples').waitFor();
    for (const summary of await page.locator('main summary').all()) await summary.click();
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
  });

  it.each([360, 1280])('is painted without a shift of the layout, %d pixels wide', async (width) => {
    const job = `/jobs/${await served.endJob(RICH)}`;
    for (const path of ['/', '/status', job]) {
      const { page } = await browser.visit(served.address + path, { viewport: { width, height: 740 } });
      await page
        .locator(path === '/status' ? '.tiles' : '.entry')
        .first()
        .waitFor();
      await page.locator(path === job ? '.merged .markdown' : 'main').waitFor();
      const shifts = await page.evaluate(async () => {
        // The observer hears of a shift after the frame that had it.
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return (globalThis as unknown as { layoutShifts: number[] }).layoutShifts;
      });
      const sum = shifts.reduce((all, value) => all + value, 0);
      expect(sum, `${path}: ${shifts}`).toBeLessThan(0.01);
    }
  });

  it('keeps still for those who want less motion', async () => {
    const id = await served.submit('Still running');
    await served.api.worker.claim(id);
    for (const [reducedMotion, name] of [
      ['reduce', 'none'],
      ['no-preference', 'pulse'],
    ] as const) {
      const { page } = await browser.visit(`${served.address}/jobs/${id}`, { reducedMotion });
      const dot = page.locator('.provider .dot').first();
      expect(await dot.evaluate((element) => getComputedStyle(element).animationName)).toBe(name);
    }
  });
});
