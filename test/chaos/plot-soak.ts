import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../support/child.ts';
import { readSamples } from './samples.ts';
import { formatFigures, seriesOf } from './soak-figures.ts';
import { drawSoak } from './soak-svg.ts';

// Shows the samples of a soak, of one that still runs too, and draws them.
const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: join(ROOT, '.data/soak/samples.csv') },
    svg: { type: 'string', default: join(ROOT, 'docs/pictures/soak.svg') },
  },
});
const series = seriesOf(readSamples(await readFile(values.samples, 'utf8')));
await writeFile(values.svg, drawSoak(series, 'One hour under load, with faults'));
console.log(`${formatFigures(series)}\n\n${values.svg}`);
