/** Stands at the start of every simulated text, so that none is taken for a model's. */
export const SIMULATED_MARK = '[simulated]';
