// The one table of coded errors, put together from those of the rooms, and the class that carries them. docs/errors.md is
// generated from it.
import { analyticsErrors } from './errors/analytics.js';
import { cliErrors } from './errors/cli.js';
import { engineErrors } from './errors/engine.js';
import type { ErrorEntry } from './errors/entry.js';
import { lakeErrors } from './errors/lake.js';
import { modelsErrors } from './errors/models.js';
import { pipelineErrors } from './errors/pipeline.js';
import { recordsErrors } from './errors/records.js';
import { serverErrors } from './errors/server.js';
import { signInErrors } from './errors/sign-in.js';
import { sourcesErrors } from './errors/sources.js';

export const errorTable = {
  ...cliErrors,
  ...sourcesErrors,
  ...pipelineErrors,
  ...lakeErrors,
  ...engineErrors,
  ...recordsErrors,
  ...modelsErrors,
  ...analyticsErrors,
  ...serverErrors,
  ...signInErrors,
} as const;

export type ErrorCode = keyof typeof errorTable;

/** One fault of one field or file, as listed beside an error. */
export interface Fault {
  readonly field?: string;
  readonly file?: string;
  readonly line?: number;
  readonly value?: string;
  readonly message: string;
}

export interface ErrorContext {
  readonly cause?: unknown;
  readonly faults?: readonly Fault[];
}

/** Every failure that Carelake foresees: a code of the table, what happened in this case, and what would be right. */
export class CarelakeError extends Error {
  readonly code: ErrorCode;
  readonly faults: readonly Fault[];

  constructor(code: ErrorCode, detail: string, { cause, faults = [] }: ErrorContext = {}) {
    super(detail, { cause });
    this.name = 'CarelakeError';
    this.code = code;
    this.faults = faults;
  }

  get entry(): ErrorEntry {
    return errorTable[this.code];
  }
}

/** Whether something thrown is the coded error `code`. */
export const isCoded = (error: unknown, code: ErrorCode): boolean =>
  error instanceof CarelakeError && error.code === code;
