import { describe, expect, test } from 'vitest';
import { webhookUrlProblem } from './webhook-url.ts';

describe('webhookUrlProblem', () => {
  test.each([
    'https://example.org/hook',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]:8443/x',
    'https://a.b.example',
  ])('%s may be called', (url) => {
    expect(webhookUrlProblem(url, false)).toBeUndefined();
  });

  test.each([
    'not a url',
    'http://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'https://user:secret@example.org/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://api.localhost/',
    'https://db.internal/',
    'https://printer.local/',
    'https://intranet/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://0/',
    'https://10.0.0.8/',
    'https://172.16.3.4/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://[::1]/',
    'https://[::]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[::7f00:1]/',
    'https://[2002:7f00:1::]/',
  ])('%s may not', (url) => {
    expect(webhookUrlProblem(url, false)).toBeTypeOf('string');
  });

  test('on one machine http and local addresses may, credentials may not', () => {
    expect(webhookUrlProblem('http://127.0.0.1:9000/hook', true)).toBeUndefined();
    expect(webhookUrlProblem('http://localhost:9000/hook', true)).toBeUndefined();
    expect(webhookUrlProblem('http://a:b@localhost:9000/', true)).toBe('must not carry credentials');
    expect(webhookUrlProblem('ftp://localhost/', true)).toBeTypeOf('string');
  });
});
