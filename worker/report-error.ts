/** Writes down what went wrong inside the worker. `doing` is one of few phrases; particulars stand in `context`. */
export type ReportError = (doing: string, error: unknown, context?: Record<string, string>) => void;
