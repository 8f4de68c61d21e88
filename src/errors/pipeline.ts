// Of landing and runs.
import type { ErrorEntry } from './entry.js';

export const pipelineErrors = {
  NOTHING_LANDED: {
    status: 409,
    exit: 1,
    title: 'There is nothing to run on',
    fix: 'Land files first: carelake ingest PATH, or try carelake demo.',
  },
  NOT_PUBLISHED: {
    status: 409,
    exit: 1,
    title: 'No run has been published yet',
    fix: 'Run the pipeline first: carelake run.',
  },
  RUN_IN_PROGRESS: {
    status: 409,
    exit: 1,
    title: 'Another run is in progress',
    fix: 'Wait until it has ended. A run that died is taken over after a minute.',
  },
  RUN_LOCK_LOST: {
    status: 409,
    exit: 1,
    title: 'The run lost its lock',
    fix: 'Run again: finished steps are kept. It happens where the process was asleep for more than a minute.',
  },
  ACCOUNT_OPEN: {
    status: 500,
    exit: 1,
    title: 'The records do not add up',
    fix: 'Nothing was published. Please report it: this is a fault of Carelake, never of your files.',
  },
  QUALITY_SETTINGS: {
    status: 422,
    exit: 2,
    title: 'quality.json of the workspace is not valid',
    fix: 'Correct what the message names; docs/quality.md shows the form of the file.',
  },
  QUALITY_BELOW: {
    status: 409,
    exit: 1,
    title: 'The data is not as good as was asked for',
    fix: 'See carelake quality --run RUN; correct the data, or set a threshold or a waiver in quality.json, then run again.',
  },
  QUALITY_NOT_CHECKED: {
    status: 409,
    exit: 1,
    title: 'The run was made by a version without checks',
    fix: 'Run the pipeline again: carelake run.',
  },
  CHECK_UNKNOWN: {
    status: 404,
    exit: 2,
    title: 'There is no such check',
    fix: 'Give one of the ids that carelake quality shows.',
  },
  CODES_UNKNOWN: {
    status: 404,
    exit: 2,
    title: 'There is no such code list',
    fix: 'Give one of the ids that /api/codes shows.',
  },
  BATCH_FORMAT: {
    status: 500,
    exit: 1,
    title: 'The lake was written by another version',
    fix: 'Use the version of Carelake that wrote it, or a later one.',
  },
  LAND_COUNT: {
    status: 500,
    exit: 1,
    title: 'Not every record of a file landed',
    fix: 'Nothing was stored. Please report it: this is a fault of Carelake, never of your file.',
  },
  DEMO_REFUSED: {
    status: 409,
    exit: 2,
    title: 'The demo does not touch data of your own',
    fix: 'Give the demo a folder of its own: carelake demo --data demo-data.',
  },
  ROW_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'The table has no such row',
    fix: 'Keys outside the source default are written source:id; carelake query shows them.',
  },
  TABLE_NOT_FOUND: {
    status: 404,
    exit: 2,
    title: 'There is no such table',
    fix: 'Give one of the published tables that the message names.',
  },
  FILES_UNREADABLE: {
    status: 422,
    exit: 1,
    title: 'Several files cannot be read',
    fix: 'Mend or leave out the files that the message names; nothing was stored.',
  },
  NO_FILES: {
    status: 422,
    exit: 1,
    title: 'No file to read was found',
    fix: 'Give .csv, .tsv, .txt, .gz or .zip files, or folders that hold them.',
  },
  SOURCE_UNKNOWN: {
    status: 400,
    exit: 2,
    title: 'There is no such source',
    fix: 'Give one of the sources that the message names, or leave --from away to have it detected.',
  },
  SOURCE_NAME: {
    status: 400,
    exit: 2,
    title: 'The name of a source is not valid',
    fix: 'Use 1 to 63 lower-case letters, digits and -, starting with a letter or digit.',
  },
} as const satisfies Record<string, ErrorEntry>;
