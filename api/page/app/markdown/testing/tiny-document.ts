/** As much of a document as Preact needs: it keeps which elements were made, with which attributes and texts. */
export class TinyNode {
  readonly nodeType: number;
  readonly localName: string;
  readonly namespaceURI = 'http://www.w3.org/1999/xhtml';
  readonly attributes = new Map<string, string>();
  readonly childNodes: TinyNode[] = [];
  parentNode: TinyNode | null = null;
  data: string;

  constructor(nodeType: number, localName: string, data = '') {
    this.nodeType = nodeType;
    this.localName = localName;
    this.data = data;
  }

  get firstChild(): TinyNode | null {
    return this.childNodes[0] ?? null;
  }

  get nextSibling(): TinyNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  insertBefore(node: TinyNode, before: TinyNode | null): TinyNode {
    node.remove();
    const at = before ? this.childNodes.indexOf(before) : this.childNodes.length;
    this.childNodes.splice(at, 0, node);
    node.parentNode = this;
    return node;
  }

  appendChild(node: TinyNode): TinyNode {
    return this.insertBefore(node, null);
  }

  removeChild(node: TinyNode): TinyNode {
    node.remove();
    return node;
  }

  remove(): void {
    const siblings = this.parentNode?.childNodes ?? [];
    const at = siblings.indexOf(this);
    if (at >= 0) siblings.splice(at, 1);
    this.parentNode = null;
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, String(value));
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  /** Preact's own listeners are not markup: which there are is kept as an attribute, so that a test sees it. */
  addEventListener(type: string): void {
    this.attributes.set(`on${type}`, '[listener]');
  }

  removeEventListener(type: string): void {
    this.attributes.delete(`on${type}`);
  }

  /** This element and all below it. */
  *elements(): Generator<TinyNode> {
    if (this.nodeType === 1) yield this;
    for (const child of this.childNodes) yield* child.elements();
  }

  get text(): string {
    return this.nodeType === 3 ? this.data : this.childNodes.map(({ text }) => text).join('');
  }
}

export const tinyDocument = {
  createElement: (name: string) => new TinyNode(1, name),
  createElementNS: (_namespace: string, name: string) => new TinyNode(1, name),
  createTextNode: (data: string) => new TinyNode(3, '#text', String(data)),
};
