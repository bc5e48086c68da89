import { accept } from './accept.ts';
import { Deployment } from './deployment.ts';

/** Needs nothing but Node: after a deployment there is no npm ci. */
const [url, seconds = '240'] = process.argv.slice(2);
if (!url || !URL.canParse(url) || !/^\d+$/.test(seconds)) {
  process.stderr.write(
    'usage: API_KEY=… node test/acceptance/main.ts <url> [seconds a job may take, 240]\n' +
      'Without API_KEY the service is taken for one that wants no keys. Asks four short questions.\n',
  );
  process.exit(64);
}
const key = process.env.API_KEY || undefined;
const verdicts = await accept(new Deployment(url, { key, patienceMs: Number(seconds) * 1000 }), (one) => {
  const took = `(${(one.tookMs / 1000).toFixed(1)} s)`;
  process.stdout.write(
    `${one.verdict.padEnd(8)} ${one.name} ${one.why === '' ? took : `${took}\n         ${one.why}`}\n`,
  );
});
const failed = verdicts.filter(({ verdict }) => verdict === 'failed').length;
process.stdout.write(`${url}: ${failed === 0 ? 'accepted' : `not accepted, ${failed} checks failed`}\n`);
process.exitCode = failed === 0 ? 0 : 1;
