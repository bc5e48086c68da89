import type { Token, Tokens } from 'marked';
import type { ComponentType, JSX } from 'preact';
import { useSurroundings } from '../surroundings.ts';
import { Scroller } from '../ui/scroller.tsx';

interface TableProps {
  table: Tokens.Table;
  Inline: ComponentType<{ tokens: Token[] }>;
}

const alignment = (cell: Tokens.TableCell) => (cell.align ? `align-${cell.align}` : undefined);

export function Table({ table, Inline }: TableProps): JSX.Element {
  const { say } = useSurroundings();
  return (
    <Scroller label={say.table}>
      <table>
        <thead>
          <tr>
            {table.header.map((cell, index) => (
              <th key={index} scope="col" class={alignment(cell)}>
                <Inline tokens={cell.tokens} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} class={alignment(cell)}>
                  <Inline tokens={cell.tokens} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
