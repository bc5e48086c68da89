import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Certificate extends AsyncDisposable {
  key: string;
  certificate: string;
  /** For NODE_EXTRA_CA_CERTS. */
  path: string;
}

/** A self-signed certificate for 127.0.0.1, made now and gone afterwards. Needs `openssl`. */
export async function makeCertificate(): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'iscoolgpt-bench-'));
  const [keyPath, path] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '1'];
  const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await promisify(execFile)('openssl', ['req', ...made, ...subject, '-keyout', keyPath, '-out', path]);
  return {
    key: await readFile(keyPath, 'utf8'),
    certificate: await readFile(path, 'utf8'),
    path,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
