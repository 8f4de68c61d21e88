// The one table of coded errors, and the class that carries them. docs/errors.md is generated from it.

interface ErrorEntry {
  /** HTTP status when the error answers a request. */
  readonly status: number;
  /** Exit status of the command line: 1 failed, 2 wrong use. */
  readonly exit: 1 | 2;
  readonly title: string;
  /** What would be right, or what to do next. */
  readonly fix: string;
}

export const errorTable = {
  // wrong use
  USAGE: { status: 400, exit: 2, title: 'The command was used wrongly', fix: 'See --help for the command.' },
  CONFIG_UNKNOWN: {
    status: 500,
    exit: 2,
    title: 'Unknown configuration name',
    fix: 'Remove it or correct its spelling; .env.example names every setting.',
  },
  CONFIG_INVALID: {
    status: 500,
    exit: 2,
    title: 'A configuration value is not valid',
    fix: 'Give the setting a value of the form that the message names.',
  },
  // lake
  LAKE_CONFLICT: {
    status: 409,
    exit: 1,
    title: 'The file in the lake changed in the meantime',
    fix: 'Read it again and repeat the change.',
  },
  LAKE_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'The lake has no such file',
    fix: 'Check the key; if a run needs it, run again with --full.',
  },
  LAKE_READ_ONLY: {
    status: 500,
    exit: 1,
    title: 'The lake cannot be written',
    fix: 'Give the process the right to write to the data folder, or choose another with --data.',
  },
  LAKE_DISK_FULL: {
    status: 507,
    exit: 1,
    title: 'The disk is full',
    fix: 'Free space, then repeat the command: finished steps are kept, and nothing half-written is read.',
  },
} as const satisfies Record<string, ErrorEntry>;

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
