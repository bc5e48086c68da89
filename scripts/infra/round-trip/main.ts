import { ENVIRONMENTS, roundTrip } from './round-trip.ts';

const wanted = process.argv.slice(2);
const environments = ENVIRONMENTS.filter((name) => wanted.length === 0 || wanted.includes(name));
const startedAt = performance.now();

function say(text: string): void {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stdout.write(`${String(seconds).padStart(4)} s  ${text}\n`);
}

if (environments.length < Math.max(1, wanted.length)) {
  process.stderr.write(`usage: npm run infra:round-trip [-- ${ENVIRONMENTS.join('|')}]\n`);
  process.exit(64);
}
await roundTrip(environments, process.env, say);
