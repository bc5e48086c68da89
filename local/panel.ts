import { z } from 'zod';
import { panelSchema } from '../shared/config/common.ts';
import type { EnvReader } from '../shared/config/env-reader.ts';
import { providerIdSchema } from '../shared/contract/job-request.ts';
import type { PanelMember } from '../shared/job/record.ts';

/** A provider takes part when its key is set. */
const KEYED = [
  { id: 'openai', key: 'OPENAI_API_KEY', modelName: 'OPENAI_MODEL', model: 'gpt-5-mini' },
  { id: 'gemini', key: 'GEMINI_API_KEY', modelName: 'GEMINI_MODEL', model: 'gemini-2.5-flash' },
  {
    id: 'huggingface',
    key: 'HF_TOKEN',
    modelName: 'HF_MODEL',
    model: 'meta-llama/Llama-3.3-70B-Instruct',
  },
] as const;

const SIMULATED: PanelMember[] = ['a', 'b', 'c'].map((letter) => ({
  id: `simulated-${letter}`,
  model: `simulated/${letter}`,
}));

/** The worker reads the rest of each entry, and judges it. */
const endpointsSchema = z.array(z.looseObject({ id: providerIdSchema, model: z.string().min(1) }));

/** Names of the variables that hold keys: for the worker only. */
export const SECRET_NAMES: readonly string[] = [...KEYED.map(({ key }) => key), 'PROVIDERS'];

/** The panel that PANEL names, else every provider that is configured, else simulated ones. */
export function derivePanel(env: EnvReader): PanelMember[] {
  const explicit = env.json('PANEL', panelSchema);
  if (explicit) return explicit;
  const keyed = KEYED.filter(({ key }) => env.optional(key)).map(({ id, modelName, model }) => ({
    id,
    model: env.optional(modelName) ?? model,
  }));
  const endpoints = (env.json('PROVIDERS', endpointsSchema) ?? []).map(({ id, model }) => ({ id, model }));
  const panel = [...keyed, ...endpoints];
  return panel.length > 0 ? panel : SIMULATED;
}
