/** A worker's death, as the others see it: from now on nothing of it reaches store or queue. */
export function mortal<T extends object>(port: T): { port: T; kill: () => void } {
  let dead = false;
  const killed = new Proxy(port, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => (dead ? new Promise(() => {}) : member.apply(target, args));
    },
  });
  return {
    port: killed,
    kill: () => {
      dead = true;
    },
  };
}

/** Fails the calls of one method while `broken` says so. */
export function faulty<T extends object>(
  port: T,
  method: keyof T,
  error: Error,
  state: { broken: boolean },
): T {
  return new Proxy(port, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) =>
        state.broken && name === method ? Promise.reject(error) : member.apply(target, args);
    },
  });
}
