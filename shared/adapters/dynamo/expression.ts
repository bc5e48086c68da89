import { type Item, toItem } from './row.ts';

/** Gathers the names and values of an expression behind placeholders: keys hold what users chose, and reserved words. */
export class Expression {
  readonly #names = new Map<string, string>();
  readonly #values: Record<string, unknown> = {};

  path(path: readonly string[]): string {
    return path.map((name) => this.#name(name)).join('.');
  }

  value(value: unknown): string {
    const placeholder = `:${Object.keys(this.#values).length}`;
    this.#values[placeholder] = value;
    return placeholder;
  }

  attributes(): { ExpressionAttributeNames: Record<string, string>; ExpressionAttributeValues: Item } {
    return {
      ExpressionAttributeNames: Object.fromEntries([...this.#names].map(([name, held]) => [held, name])),
      ExpressionAttributeValues: toItem(this.#values),
    };
  }

  #name(name: string): string {
    const held = this.#names.get(name) ?? `#${this.#names.size}`;
    this.#names.set(name, held);
    return held;
  }
}
