/** Lets single methods of a store or a queue fail, before they did their work or after it. */
export class Outage {
  readonly #before = new Set<string>();
  readonly #after = new Set<string>();
  readonly calls: string[] = [];

  /** From now on these reject without having done anything. */
  fail(...methods: string[]): void {
    for (const method of methods) this.#before.add(method);
  }

  /** From now on these do their work, and their response is lost. */
  loseResponse(...methods: string[]): void {
    for (const method of methods) this.#after.add(method);
  }

  end(): void {
    this.#before.clear();
    this.#after.clear();
  }

  wrap<T extends object>(target: T, unavailable: (doing: string, cause: Error) => Error): T {
    return new Proxy(target, {
      get: (object, name) => {
        const method: unknown = Reflect.get(object, name, object);
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]) => {
          this.calls.push(String(name));
          if (this.#before.has(String(name))) throw unavailable(String(name), new Error('down'));
          const result: unknown = await method.apply(object, args);
          if (this.#after.has(String(name))) throw unavailable(String(name), new Error('response lost'));
          return result;
        };
      },
    });
  }
}
