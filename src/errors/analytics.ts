// Of metrics, questions and reports.
import type { ErrorEntry } from './entry.js';

export const analyticsErrors = {
  QUERY_NOT_SELECT: {
    status: 422,
    exit: 2,
    title: 'The query is not exactly one SELECT',
    fix: 'Ask with one SELECT statement over the published tables.',
  },
  QUERY_FORBIDDEN: {
    status: 403,
    exit: 2,
    title: 'The query uses something that is not allowed',
    fix: 'Read the published tables only, with functions that compute from their arguments.',
  },
  QUERY_FAILED: {
    status: 422,
    exit: 1,
    title: 'The query cannot be run',
    fix: 'Correct what the message names.',
  },
  QUERY_TIMEOUT: {
    status: 408,
    exit: 1,
    title: 'The query took too long',
    fix: 'Ask for less, or give it more time with --timeout.',
  },
  EXPORT_FOLDER_NOT_EMPTY: {
    status: 409,
    exit: 2,
    title: 'The folder to export to is not empty',
    fix: 'Name a new or an empty folder.',
  },
  EXPORT_TABLE_UNKNOWN: {
    status: 404,
    exit: 2,
    title: 'There is no such published table',
    fix: 'Name one of the published tables; `carelake status` lists them.',
  },
  METRIC_QUERY_INVALID: {
    status: 422,
    exit: 2,
    title: 'The metrics cannot be asked for like this',
    fix: 'Correct what the message names; `carelake metrics` lists metrics and dimensions.',
  },
  METRIC_TOO_MANY_GROUPS: {
    status: 422,
    exit: 1,
    title: 'The dimensions have too many values together',
    fix: 'Ask for fewer dimensions or narrow them by conditions; `carelake query` answers questions of any size.',
  },
} as const satisfies Record<string, ErrorEntry>;
