// Of the command line.
import type { ErrorEntry } from './entry.js';

export const cliErrors = {
  // cli
  INTERRUPTED: {
    status: 499,
    exit: 1,
    title: 'The command was stopped',
    fix: 'Repeat it when ready: what is finished is kept, and nothing half-done is read.',
  },
  OUTPUT_FAILED: {
    status: 500,
    exit: 1,
    title: 'The result cannot be written there',
    fix: 'Give a path in a folder that exists and may be written to.',
  },
  // wrong use
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
  USAGE: { status: 400, exit: 2, title: 'The command was used wrongly', fix: 'See --help for the command.' },
} as const satisfies Record<string, ErrorEntry>;
