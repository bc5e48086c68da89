import { readFile, writeFile } from 'node:fs/promises';
import { plotSvg } from './report/plot.ts';
import type { Results } from './report/results.ts';

const [picture, ...files] = process.argv.slice(2);
if (picture === undefined || files.length === 0) {
  process.stderr.write(
    'node bench/draw.ts PICTURE.svg RESULTS.json…: draws what `npm run bench -- --json` wrote\n',
  );
  process.exit(2);
}
const results = await Promise.all(
  files.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as Results),
);
await writeFile(picture, plotSvg(results.flatMap(({ rows }) => rows)));
