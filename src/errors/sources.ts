// Of files and what they are read as.
import type { ErrorEntry } from './entry.js';

export const sourcesErrors = {
  // sources/csv
  TABLE_UNKNOWN: {
    status: 422,
    exit: 1,
    title: 'A file is no table that Carelake knows',
    fix: 'Add or rename the columns that the message names, map them with --map, or say the table with --as.',
  },
  MAPPING_INVALID: {
    status: 422,
    exit: 2,
    title: 'The mapping file does not fit',
    fix: 'Write JSON such as { "dates": "dmy", "columns": { "visits": { "visit_id": "Case No" } } }.',
  },
  CONFIG_UNSUPPORTED: {
    status: 501,
    exit: 2,
    title: 'This version does not have what the configuration asks for',
    fix: 'Choose one of the values that the message names.',
  },
  // objects in S3 to be read
  OBJECT_ADDRESS: {
    status: 400,
    exit: 2,
    title: 'That is no address of an object in S3',
    fix: 'Write s3://bucket/key.csv for one object, or s3://bucket/prefix/ for all below it.',
  },
  OBJECT_NO_BUCKET: {
    status: 404,
    exit: 1,
    title: 'There is no such bucket',
    fix: 'Correct the bucket in s3://bucket/prefix/. AWS_ENDPOINT_URL says which server is asked.',
  },
  OBJECT_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'There is no such object',
    fix: 'Correct the key or prefix; capital and small letters differ. The message names what there is.',
  },
  OBJECT_FORBIDDEN: {
    status: 403,
    exit: 1,
    title: 'S3 does not give the right to read that',
    fix: 'Allow s3:ListBucket on the bucket and s3:GetObject on the objects, and kms:Decrypt where a key encrypts them.',
  },
  OBJECT_CHANGED: {
    status: 409,
    exit: 1,
    title: 'An object changed while it was read',
    fix: 'Repeat the command when whoever writes there has finished: what has landed is kept and not read again.',
  },
  // sources/uci-diabetes
  UCI_FILE_UNKNOWN: {
    status: 422,
    exit: 2,
    title: 'A file is not part of the UCI diabetes set',
    fix: 'Give the zip as it was downloaded, or diabetic_data.csv and IDs_mapping.csv alone.',
  },
  UCI_ENCOUNTERS_MISSING: {
    status: 422,
    exit: 2,
    title: 'The encounters of the UCI diabetes set are missing',
    fix: 'Give diabetic_data.csv together with IDs_mapping.csv.',
  },
  UCI_CODES_MISSING: {
    status: 422,
    exit: 2,
    title: 'The code tables of the UCI diabetes set are missing',
    fix: 'Give IDs_mapping.csv (header admission_type_id,description) together with diabetic_data.csv.',
  },
  UCI_CODES_TWICE: {
    status: 422,
    exit: 2,
    title: 'The code tables of the UCI diabetes set came more than once',
    fix: 'Ingest one set at a time, with one IDs_mapping.csv.',
  },
  UCI_COLUMN_MISSING: {
    status: 422,
    exit: 2,
    title: 'A column of the UCI diabetes set is missing',
    fix: 'Give diabetic_data.csv with all its columns, named as they were downloaded.',
  },
  SYNTHEA_FILE_UNKNOWN: {
    status: 422,
    exit: 2,
    title: 'A file is not part of a Synthea export',
    fix: "Give the export's zip or folder, or some of its 18 files under their own names, without other files.",
  },
  SYNTHEA_COLUMN_MISSING: {
    status: 422,
    exit: 2,
    title: 'A column of a Synthea export is missing',
    fix: 'Give the file with all its columns, named as Synthea writes them.',
  },
  // text files and archives
  FILE_NOT_FOUND: {
    status: 400,
    exit: 1,
    title: 'There is no such file or folder',
    fix: 'Check the path; quote names that hold blanks or signs of the shell.',
  },
  FILE_UNREADABLE: {
    status: 422,
    exit: 1,
    title: 'The file or folder cannot be read',
    fix: 'Give the process the right to read it, or copy it to a disk that works.',
  },
  FILE_EMPTY: {
    status: 422,
    exit: 1,
    title: 'The file is empty',
    fix: 'Give a file whose first line names its columns.',
  },
  FILE_NOT_TEXT: {
    status: 422,
    exit: 1,
    title: 'The file is not delimited text',
    fix: 'Save it as CSV, as UTF-8 where there is a choice.',
  },
  HEADER_TOO_LONG: {
    status: 422,
    exit: 1,
    title: 'The first line of the file is too long to be a header',
    fix: 'Give a file whose first line names its columns.',
  },
  HEADER_UNREADABLE: {
    status: 422,
    exit: 1,
    title: 'The header of the file has a broken quote',
    fix: 'Close the quote of the column name, or remove it.',
  },
  READER_SUM: {
    status: 500,
    exit: 1,
    title: 'The lines of the file do not add up',
    fix: 'This is a fault of Carelake: nothing was stored. Please report it with the file.',
  },
  GZIP_TRUNCATED: {
    status: 422,
    exit: 1,
    title: 'The gzip file is cut short',
    fix: 'Fetch the file again; nothing of it was stored.',
  },
  ARCHIVE_DAMAGED: {
    status: 422,
    exit: 1,
    title: 'The archive is damaged',
    fix: 'Fetch or pack the archive again; nothing of it was stored.',
  },
  ARCHIVE_ENCRYPTED: {
    status: 422,
    exit: 1,
    title: 'The archive is encrypted',
    fix: 'Unpack it with its password and give the folder.',
  },
  ARCHIVE_UNSAFE_NAME: {
    status: 422,
    exit: 1,
    title: 'The archive holds a file name that leads out of it, or that is too long',
    fix: 'Pack the files again with plain relative names.',
  },
  ARCHIVE_TOO_MANY_FILES: {
    status: 422,
    exit: 1,
    title: 'The archive holds more files than are read of one',
    fix: 'Pack only the files that hold data, several archives of them, or unpack it and give the folder.',
  },
  ARCHIVE_BOMB: {
    status: 422,
    exit: 1,
    title: 'The archive inflates beyond all measure',
    fix: 'If its content is wanted, unpack it yourself and give the folder.',
  },
  // sources/generator
  GENERATE_INVALID: {
    status: 400,
    exit: 2,
    title: 'The synthetic hospital was asked for wrongly',
    fix: 'Give the options values of the form that the message names, and a folder of its own.',
  },
  GENERATE_FAILED: {
    status: 500,
    exit: 1,
    title: 'The synthetic hospital could not be written',
    fix: 'Free space or give the right to write to the folder, then repeat the command: it starts over.',
  },
} as const satisfies Record<string, ErrorEntry>;
