import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectedSpan } from '../../shared/telemetry/testing/otlp-collector.ts';
import { ROOT } from './child.ts';

/** The rows of the table in docs/observability.md whose header begins with `first`, cell by cell. */
export function documentedRows(first: string): string[][] {
  const lines = readFileSync(join(ROOT, 'docs/observability.md'), 'utf8').split('\n');
  const header = lines.findIndex((line) => line.startsWith(`| ${first} |`));
  if (header < 0) throw new Error(`docs/observability.md has no table of each ${first}`);
  const body = lines.slice(header + 2);
  return body
    .slice(
      0,
      body.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function patternOf({ name, kind }: CollectedSpan): string {
  if (kind === 2) return '`{method} {route}`';
  return name.startsWith('chat ') ? '`chat {model}`' : `\`${name}\``;
}

/** What of these spans docs/observability.md does not show: names, and attributes with their span. */
export function undocumented(spans: readonly CollectedSpan[]): string[] {
  const rows = new Map(documentedRows('span').map((row) => [row[0] ?? '', row[3] ?? '']));
  const missing = spans.flatMap((span) => {
    const pattern = patternOf(span);
    const attributes = rows.get(pattern);
    if (attributes === undefined) return [pattern];
    return Object.keys(span.attributes)
      .filter((attribute) => !attributes.includes(`\`${attribute}\``))
      .map((attribute) => `${pattern}: ${attribute}`);
  });
  return [...new Set(missing)];
}
