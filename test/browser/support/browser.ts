import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { describe } from 'vitest';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE_MS = 15_000;

/** A browser on a busy machine takes its time. */
export const BROWSER_TEST = { timeout: 60_000 };

const executablePath = PLACES.find((path) => existsSync(path));
const isMissed = executablePath === undefined && !process.env.CI;

if (isMissed) {
  process.stderr.write(
    `\n*** NO CHROMIUM HERE: THE BROWSER TESTS ARE SKIPPED (looked at ${PLACES.join(', ')}). On Debian: apt-get install chromium ***\n\n`,
  );
}

/** A suite that needs a browser. Without one it is skipped, loudly; where CI is set it fails. */
export const describeInBrowser = describe.skipIf(isMissed);

/** What a page did that it must never do; `[]` is what a test wants to see. */
export interface Visit {
  page: Page;
  faults: string[];
  /** Where requests went, other than to the page's own origin. */
  strangers: string[];
}

/** Runs in the page, before anything of its own. */
function collectLayoutShifts(): void {
  const layoutShifts: number[] = [];
  Object.assign(globalThis, { layoutShifts });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) layoutShifts.push((entry as unknown as { value: number }).value);
  }).observe({ type: 'layout-shift', buffered: true });
}

export class TestBrowser {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async launch(): Promise<TestBrowser> {
    if (executablePath === undefined) {
      throw new Error(`there is no Chromium at ${PLACES.join(', ')}; on Debian: apt-get install chromium`);
    }
    return new TestBrowser(await chromium.launch({ executablePath, args: ARGUMENTS }));
  }

  /** Opens an address in a profile of its own, in English unless `options` say otherwise. */
  async visit(url: string, options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await this.#browser.newContext({ locale: 'en-US', ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript(collectLayoutShifts);
    const page = await context.newPage();
    const visit: Visit = { page, faults: [], strangers: [] };
    page.on('pageerror', (error) => visit.faults.push(String(error)));
    page.on('console', (message) => {
      // The browser's own word on a response that was no success: the page has to cope, and is watched doing so.
      const isRoutine = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isRoutine) visit.faults.push(message.text());
    });
    const { origin } = new URL(url);
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== origin) visit.strangers.push(request.url());
    });
    await page.goto(url);
    return visit;
  }

  /** Closes every page that was opened. */
  async closePages(): Promise<void> {
    await Promise.all(this.#browser.contexts().map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
