import type { JSX } from 'preact';
import { useSurroundings } from '../surroundings.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Scroller } from '../ui/scroller.tsx';

export function CodeBlock({ text, language }: { text: string; language: string | undefined }): JSX.Element {
  const { say } = useSurroundings();
  return (
    <figure class="code">
      <figcaption>
        <span>{language}</span>
        <CopyButton text={text} label={say.copyCode} />
      </figcaption>
      <Scroller label={language || say.code}>
        <pre>
          <code>{text}</code>
        </pre>
      </Scroller>
    </figure>
  );
}
