import { z } from 'zod';

/** How the bytes of a reply arrive. */
export const DELIVERIES = ['whole', 'slow_body', 'trickle', 'truncated', 'reset', 'hang'] as const;

/**
 * How one call is answered.
 * - `whole`: at once. - `slow_body`: headers and half of the body, the rest after `pace_ms` or never.
 * - `trickle`: 16 bytes every `pace_ms`. - `truncated`: a complete reply whose body stops halfway.
 * - `reset`: the connection breaks halfway. - `hang`: nothing ever comes.
 */
export const Behaviour = z.strictObject({
  /** A name among the provider's fixtures. */
  reply: z.string().default('ok'),
  /** The answer's text instead of the built-in content. */
  text: z.string().optional(),
  /** Added to the fixture's headers, or replacing them. */
  headers: z.record(z.string(), z.string()).default({}),
  /** Before the headers, in milliseconds. */
  delay_ms: z.number().nonnegative().default(0),
  delivery: z.enum(DELIVERIES).default('whole'),
  pace_ms: z.number().positive().optional(),
  /** For so many calls. */
  times: z.union([z.number().int().positive(), z.literal('always')]).default(1),
});
export type Behaviour = z.infer<typeof Behaviour>;
export type BehaviourInput = z.input<typeof Behaviour>;

/** Behaviours for the next calls, by provider: the body of `PUT /_script`. */
export const Script = z.record(z.string(), z.array(Behaviour));
