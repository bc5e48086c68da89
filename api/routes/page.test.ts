import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeApi } from '../testing/api-fixture.ts';
import { problemIn } from '../testing/read-response.ts';

const BROWSER = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

async function page(path: string): Promise<Response> {
  return makeApi().ask(path, { key: null, headers: BROWSER });
}

function assetsIn(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path as string);
}

describe('the page', () => {
  test.each(['/', '/status', `/jobs/${'a'.repeat(32)}`])('stands at %s, without a key', async (path) => {
    const response = await page(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('Cache-Control')).toBe('no-cache');
    expect(await response.text()).toContain('<div id="app"></div>');
  });

  test('may run its own script alone, and can make no text into markup', async () => {
    const csp = (await page('/')).headers.get('Content-Security-Policy') ?? '';
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("script-src 'self';");
    expect(csp).toContain("style-src 'self';");
    expect(csp).toContain("require-trusted-types-for 'script'");
    expect(csp).toContain("trusted-types 'none'");
    expect(csp).not.toMatch(/unsafe|https?:|\*/);
    const html = await (await page('/')).text();
    expect(html).not.toMatch(/<script>|<style|\sstyle=|\son\w+=|https?:/);
  });

  test('is small, and its files may be kept for ever', async () => {
    const api = makeApi();
    const assets = assetsIn(await (await page('/')).text());
    expect(assets.map((path) => path.replace(/-\w+/, ''))).toEqual([
      '/assets/icon.svg',
      '/assets/main.css',
      '/assets/main.js',
    ]);
    for (const path of assets) {
      const response = await api.ask(path, { key: null });
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
      const compressed = gzipSync(new Uint8Array(await response.arrayBuffer())).length;
      expect(compressed, `${path} is ${compressed} bytes, compressed`).toBeLessThan(60_000);
    }
  });

  test('has no other file', async () => {
    for (const name of ['missing.js', 'index.html', '..%2findex.html']) {
      await problemIn(await makeApi().ask(`/assets/${name}`, { key: null }), 'not_found');
    }
  });

  test('gives way at / to an index for what is no browser', async () => {
    const response = await makeApi().ask('/', { key: null });
    expect(response.headers.get('Vary')).toBe('Accept');
    const shared = makeApi({ env: { CORS_ORIGINS: 'https://app.example' } });
    expect((await shared.ask('/', { key: null })).headers.get('Vary')).toBe('Accept, Origin');
    expect(await response.json()).toMatchObject({ name: 'IsCoolGPT', links: { status: '/v1/status' } });
  });
});
