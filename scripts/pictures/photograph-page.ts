import { chromium } from 'playwright-core';

const WIDTH = 1200;
const PATIENCE_MS = 15_000;

export type ColorScheme = 'light' | 'dark';

/** The page of a job that has ended, whole, as PNGs. */
export async function photographJob(
  executablePath: string,
  address: string,
  schemes: readonly ColorScheme[],
): Promise<Map<ColorScheme, Buffer>> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const pictures = new Map<ColorScheme, Buffer>();
    for (const colorScheme of schemes) {
      const page = await browser.newPage({
        colorScheme,
        locale: 'en-US',
        reducedMotion: 'reduce',
        viewport: { width: WIDTH, height: 900 },
      });
      await page.goto(address);
      await page.locator('.agreement strong').waitFor({ timeout: PATIENCE_MS });
      pictures.set(colorScheme, await page.screenshot({ fullPage: true }));
    }
    return pictures;
  } finally {
    await browser.close();
  }
}
