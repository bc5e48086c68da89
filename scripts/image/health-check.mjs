// Asks this container's own /health, with nothing but Node: node health-check.mjs PORT
const TIMEOUT_MS = 4000;
const address = `http://127.0.0.1:${process.argv[2]}/health`;

try {
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`it answered ${response.status}`);
} catch (error) {
  process.stderr.write(`${address}: ${error.message}\n`);
  process.exit(1);
}
