import type { z } from 'zod';

export type Env = Readonly<Record<string, string | undefined>>;

export interface ConfigProblem {
  name: string;
  problem: string;
}

/** Everything that is wrong with the configuration, at once. Names values, never shows one. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(
      `the configuration is not valid:\n${problems.map(({ name, problem }) => `  ${name}: ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Reads values from the environment and gathers every mistake; `finish` throws them together. An empty value is an absent one. */
export class EnvReader {
  readonly #env: Env;
  readonly #problems: ConfigProblem[] = [];

  constructor(env: Env) {
    this.#env = env;
  }

  reject(name: string, problem: string): void {
    this.#problems.push({ name, problem });
  }

  optional(name: string): string | undefined {
    return this.#env[name]?.trim() || undefined;
  }

  required(name: string, meaning: string): string {
    const value = this.optional(name);
    if (value === undefined) this.reject(name, `is missing: ${meaning}`);
    return value ?? '';
  }

  /** A whole number within [min, max]. */
  integer(name: string, fallback: number, min: number, max: number): number {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (/^-?\d+$/.test(text) && value >= min && value <= max) return value;
    this.reject(name, `must be a whole number from ${min} to ${max}`);
    return fallback;
  }

  oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    const value = values.find((candidate) => candidate === text);
    if (value === undefined) this.reject(name, `must be one of ${values.join(', ')}`);
    return value ?? fallback;
  }

  url(name: string): string | undefined {
    const text = this.optional(name);
    if (text === undefined) return undefined;
    if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
      this.reject(name, 'must be an http or https address');
      return undefined;
    }
    return text;
  }

  /** JSON that fits `schema`; undefined where the value is absent or wrong. */
  json<T>(name: string, schema: z.ZodType<T>): T | undefined {
    const text = this.optional(name);
    return text === undefined ? undefined : this.parse(name, text, schema);
  }

  /** As `json`, for a text that came from elsewhere, such as a file named by `name`. */
  parse<T>(name: string, text: string, schema: z.ZodType<T>): T | undefined {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.reject(name, 'must be JSON');
      return undefined;
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) {
      this.reject(name, `${path.length > 0 ? `at ${path.join('.')}: ` : ''}${message}`);
    }
    return undefined;
  }

  finish(): void {
    if (this.#problems.length > 0) throw new ConfigError(this.#problems);
  }
}
