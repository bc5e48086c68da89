export type Labels = Readonly<Record<string, string>>;

type Node<Leaf> = Map<string, Node<Leaf> | Leaf>;

/** One thing for each set of values of some labels: found by a look for each label, without a key put together. */
export class LabelTree<Leaf extends object> {
  readonly leaves: Leaf[] = [];
  readonly #names: readonly string[];
  readonly #grow: (labels: Labels) => Leaf;
  readonly #root: Node<Leaf> = new Map();

  /** `grow` makes what is not there yet, of the values of `names`. */
  constructor(names: readonly string[], grow: (labels: Labels) => Leaf) {
    // A tree without a branch has its one leaf here.
    this.#names = names.length === 0 ? [''] : names;
    this.#grow = grow;
  }

  at(labels: Labels): Leaf {
    let node = this.#root;
    const last = this.#names.length - 1;
    for (let depth = 0; depth < last; depth += 1) node = this.#branch(node, this.#valueAt(depth, labels));
    const value = this.#valueAt(last, labels);
    return (node.get(value) as Leaf | undefined) ?? this.#sprout(node, value, labels);
  }

  #valueAt(depth: number, labels: Labels): string {
    return labels[this.#names[depth] as string] ?? '';
  }

  #branch(node: Node<Leaf>, value: string): Node<Leaf> {
    const known = node.get(value) as Node<Leaf> | undefined;
    if (known) return known;
    const branch: Node<Leaf> = new Map();
    node.set(value, branch);
    return branch;
  }

  #sprout(node: Node<Leaf>, value: string, labels: Labels): Leaf {
    const leaf = this.#grow(labels);
    node.set(value, leaf);
    this.leaves.push(leaf);
    return leaf;
  }
}
