import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Stack } from '../support/stack.ts';
import { BROWSER_TEST, describeInBrowser, TestBrowser } from './support/browser.ts';
import { Cable } from './support/cable.ts';

const QUESTION = 'What is a VPC endpoint?';

describeInBrowser('asking, in a browser, on the whole stack', BROWSER_TEST, () => {
  let stack: Stack;
  let cable: Cable;
  let browser: TestBrowser;

  beforeAll(async () => {
    stack = await Stack.start();
    stack.worker();
    cable = await Cable.lay(stack.client.address);
    browser = await TestBrowser.launch();
  });
  beforeEach(() => stack.providers.reset());
  afterEach(() => browser.closePages());
  afterAll(async () => {
    await browser?.close();
    await cable?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  async function ask(page: Page, question = QUESTION): Promise<void> {
    await page.getByRole('textbox', { name: 'Your question' }).fill(question);
    await page.getByText('Options').click();
    await page.getByLabel('Take a merged answer').uncheck();
    await page.getByLabel('How long to wait').selectOption('thorough');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: question }).waitFor();
  }

  const providerRow = (page: Page, name: string) => page.locator('li.provider', { hasText: name });
  const agreement = (page: Page) => page.locator('.agreement strong');

  it('shows each provider, then the merged answer with its agreement and its cost', async () => {
    const { page, faults, strangers } = await browser.visit(cable.address);
    await ask(page);
    await agreement(page).waitFor();
    for (const provider of ['openai', 'gemini', 'huggingface']) {
      expect(await providerRow(page, provider).textContent()).toMatch(/answered.*\d s.*1 call/);
    }
    await providerRow(page, 'gemini').locator('summary').click();
    expect(await page.getByRole('region', { name: 'The answer of gemini' }).textContent()).toContain('VPC');
    expect(await page.locator('.merged .markdown').textContent()).toContain('VPC');
    expect(await page.locator('.authors').textContent()).toContain('Written by openai');
    expect(await page.getByText('$0.00').first().textContent()).toMatch(/\$0\.\d+ spent/);
    expect({ faults, strangers }).toEqual({ faults: [], strangers: [] });
  });

  it('goes on after a reload in mid-job, and after the page was left', async () => {
    stack.providers.script('gemini', [{ delay_ms: 4000 }]);
    const { page, faults } = await browser.visit(cable.address);
    await ask(page);
    await providerRow(page, 'openai').getByText('answered').waitFor();
    await page.reload();
    await providerRow(page, 'openai').getByText('answered').waitFor();
    expect(await page.locator('.agreement').count()).toBe(0);
    await page.getByRole('link', { name: 'Status' }).click();
    await page.getByRole('heading', { level: 1, name: 'Status' }).waitFor();
    await page.goBack();
    await agreement(page).waitFor();
    expect(await providerRow(page, 'gemini').textContent()).toContain('answered');
    expect(faults).toEqual([]);
  });

  it('says that the connection is lost, and takes the job up again when it is back', async () => {
    stack.providers.script('gemini', [{ delay_ms: 3000 }]);
    const { page, faults } = await browser.visit(cable.address);
    await ask(page);
    await providerRow(page, 'openai').getByText('answered').waitFor();
    cable.cut();
    await page.getByText('The server is not reached. Trying again').waitFor();
    cable.mend();
    await agreement(page).waitFor();
    expect(await page.getByText('The server is not reached').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('polls where events do not come through', async () => {
    stack.providers.script('gemini', [{ delay_ms: 4000 }]);
    const { page, faults } = await browser.visit(cable.address);
    await page.route('**/events', (route) => route.fulfill({ contentType: 'text/html', body: 'a proxy' }));
    await ask(page);
    await page.getByText('Events do not come through here').waitFor();
    await agreement(page).waitFor();
    expect(await page.getByText('Events do not come through here').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('cancels: the calls are stopped, what had arrived is kept', async () => {
    for (const provider of ['gemini', 'hf']) stack.providers.script(provider, [{ delivery: 'hang' }]);
    const { page, faults } = await browser.visit(cable.address);
    await ask(page);
    await providerRow(page, 'openai').getByText('answered').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The job was canceled. What had already arrived is kept below. 1 answer').waitFor();
    await stack.providers.nextAbort('gemini');
    await page.getByRole('button', { name: 'Ask again' }).waitFor();
    expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('asks again, merges again by the other strategy without a call, and finds it all in the history', async () => {
    const { page, faults } = await browser.visit(cable.address);
    await ask(page, 'What is an S3 storage class?');
    await agreement(page).waitFor();
    const first = page.url();
    const calls = () => ['openai', 'gemini', 'hf'].map((provider) => stack.providers.calls(provider));
    const before = calls();
    await page.getByRole('button', { name: 'Merge by consensus' }).click();
    await page.getByText('Merged again from the kept answers').waitFor();
    await page.getByText('The best supported answer, verbatim').waitFor();
    expect(page.url()).not.toBe(first);
    expect(calls()).toEqual(before);

    await page.getByRole('link', { name: 'See that job' }).click();
    await page.waitForURL(first);
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.waitForURL((url) => url.href !== first);
    await agreement(page).waitFor();
    expect(calls()).not.toEqual(before);

    await page.getByRole('searchbox').fill('storage CLASS');
    expect(await page.locator('.entry').count()).toBe(3);
    await page.getByRole('searchbox').fill('nothing like that');
    await page.getByText(/Nothing found in \d+ jobs/).waitFor();
    expect(faults).toEqual([]);
  });

  it('works by keyboard alone', async () => {
    const { page, faults } = await browser.visit(cable.address);
    await page.getByRole('textbox', { name: 'Your question' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('id')).toBe('question');
    await page.keyboard.type('What is an IAM role?');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('Briefly.');
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 1, name: 'What is an IAM role? Briefly.' });
    await heading.waitFor();
    expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
    await agreement(page).waitFor();
    const summary = providerRow(page, 'openai').locator('summary');
    while (!(await summary.evaluate((element) => element === document.activeElement))) {
      await page.keyboard.press('Tab');
      expect(await page.locator('body:focus').count(), 'the row was passed over').toBe(0);
    }
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'The answer of openai' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('tells a screen reader each step', async () => {
    stack.providers.script('gemini', [{ delay_ms: 1500 }]);
    const { page } = await browser.visit(cable.address);
    const said = await page.evaluateHandle(() => {
      const texts: string[] = [];
      const region = document.querySelector('[aria-live="polite"].sr-only');
      if (!region) throw new Error('there is no live region');
      new MutationObserver(() => texts.push(region.textContent ?? '')).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      return texts;
    });
    await ask(page);
    await agreement(page).waitFor();
    const texts = await said.jsonValue();
    expect(texts).toContain('Asking the providers. 2 of 3 answered.');
    expect(texts.at(-1)).toBe('Answered. 3 of 3 answered.');
  });

  it('answers a Portuguese browser in Portuguese', async () => {
    const { page, faults } = await browser.visit(cable.address, { locale: 'pt-BR' });
    expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR');
    await page.getByRole('textbox', { name: 'Sua pergunta' }).fill('O que é um VPC endpoint?');
    await page.getByRole('button', { name: 'Perguntar', exact: true }).click();
    await page.getByText(/respostas a apoiam/).waitFor();
    expect(await page.getByRole('heading', { level: 2, name: 'Resposta unificada' }).count()).toBe(1);
    expect(faults).toEqual([]);
  });
});
