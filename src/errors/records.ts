// Of records, their audit log and backups.
import type { ErrorEntry } from './entry.js';

export const recordsErrors = {
  // records
  RECORD_EXISTS: {
    status: 409,
    exit: 1,
    title: 'There is such a record already',
    fix: 'Change the one that is there, or give the new one another id.',
  },
  RECORD_CONFLICT: {
    status: 409,
    exit: 1,
    title: 'The record was changed in the meantime',
    fix: 'Look at the version that is there now, and repeat the change on it if it is still wanted.',
  },
  RECORD_INVALID: {
    status: 422,
    exit: 1,
    title: 'The record cannot be kept as it is',
    fix: 'Correct every field that the errors name; docs/data-dictionary.md says what each may hold.',
  },
  RECORD_VERSION_MISSING: {
    status: 428,
    exit: 1,
    title: 'The change does not say which version it was made from',
    fix: 'Read the record, and give the version that it bears: in the body of a PATCH, as ?version= of a DELETE.',
  },
  RECORD_IN_USE: {
    status: 409,
    exit: 1,
    title: 'Other records still name this one',
    fix: 'Delete or change the records that the message counts first.',
  },
  RECORD_OF_SOURCE: {
    status: 409,
    exit: 1,
    title: 'The record belongs to another source',
    fix: 'Correct it where it comes from, and ingest it again: only records of the source default are typed here.',
  },
  IDEMPOTENCY_REUSED: {
    status: 422,
    exit: 1,
    title: 'The idempotency key was used for another write',
    fix: 'Give every write a key of its own; only the same write may be repeated under its key.',
  },
  IDEMPOTENCY_UNDER_WAY: {
    status: 409,
    exit: 1,
    title: 'The same request is being answered',
    fix: 'Send it again under the same key after the time of the header Retry-After.',
  },
  IDEMPOTENCY_ONCE: {
    status: 409,
    exit: 1,
    title: 'The request was carried out, and its answer is shown once',
    fix: 'Look whether it is there; where the secret was lost, revoke it and ask for another under a new key.',
  },
  RECORDS_QUERY: {
    status: 422,
    exit: 2,
    title: 'The question to the records is not valid',
    fix: 'Name fields of the table, a limit from 1 to 1,000, and a cursor as the page before gave it.',
  },
  DOCUMENT_TOO_LARGE: {
    status: 413,
    exit: 1,
    title: 'The document is too large to be kept',
    fix: 'Keep less in it: a document has at most 4 MiB of JSON.',
  },
  RECORDS_BUSY: {
    status: 503,
    exit: 1,
    title: 'The records are locked or too slow',
    fix: 'Try again; if it stays so, see which program has the file of the records open, or what holds up the database.',
  },
  RECORDS_KEY: {
    status: 500,
    exit: 1,
    title: 'The records cannot be opened with this key',
    fix: 'Give the key that the file was made with, CARELAKE_RECORDS_KEY or CARELAKE_RECORDS_KEY_FILE; none where it was made without.',
  },
  RECORDS_FULL: {
    status: 503,
    exit: 1,
    title: 'The disk of the records is full',
    fix: 'Free space, then repeat the write: nothing half-written is read.',
  },
  RECORDS_UNREACHABLE: {
    status: 503,
    exit: 1,
    title: 'The database of the records does not answer',
    fix: 'Check that it runs, the address in MONGO_URI and the network; it is used again as soon as it answers.',
  },
  RECORDS_DENIED: {
    status: 503,
    exit: 1,
    title: 'The database of the records refuses the user',
    fix: 'Check user, password and authSource in MONGO_URI; the user needs the role readWrite on the database MONGO_DB.',
  },
  RECORDS_VERSION: {
    status: 500,
    exit: 1,
    title: 'The records were written by another version',
    fix: 'Use the version of Carelake that wrote them, or a later one.',
  },
  RECORDS_BEHIND: {
    status: 500,
    exit: 1,
    title: 'The records are older than the lake',
    fix: 'Bring back the newest copy of the records: what was typed since would else be lost without a word.',
  },
  RECORDS_FAILED: {
    status: 503,
    exit: 1,
    title: 'The records cannot be read or written',
    fix: 'See what the message says; check the folder of the records, its rights and its disk.',
  },
  // audit
  AUDIT_FAILED: {
    status: 503,
    exit: 1,
    title: 'The audit log cannot be written',
    fix: 'Try again; no row of a patient is given while it cannot be noted down. The message of a command, or the log of the server, says what the records said.',
  },
  AUDIT_BROKEN: {
    status: 500,
    exit: 1,
    title: 'The audit log is not as it was written',
    fix: 'Keep a copy of the records as they are, and compare the lines that are named with your newest backup.',
  },
  // backup
  BACKUP_EXISTS: {
    status: 409,
    exit: 1,
    title: 'There is a file of this name already',
    fix: 'Give the backup a new name: nothing is written over.',
  },
  BACKUP_RECORDS: {
    status: 422,
    exit: 2,
    title: 'The records are not in a file that this command copies',
    fix: 'Copy them with the tools of MongoDB (docs/guide/backup.md), and give --no-records for the lake alone.',
  },
  BACKUP_OVERTAKEN: {
    status: 409,
    exit: 1,
    title: 'What is published or served is not all there any more',
    fix: 'Repeat the backup: it was removed meanwhile. Where the same is missing again, carelake run --full makes a run and its steps anew, and a model is trained anew; --no-lake copies the records until then.',
  },
  BACKUP_DAMAGED: {
    status: 422,
    exit: 1,
    title: 'This is no backup, or not as it was made',
    fix: 'Take another copy of the backup, or an older one: nothing was restored.',
  },
  BACKUP_ELSEWHERE: {
    status: 422,
    exit: 2,
    title: 'The backup cannot be restored to where these settings say',
    fix: 'Restore it with CARELAKE_LAKE and CARELAKE_RECORDS in a folder, then move it with the tools of S3 or MongoDB.',
  },
  RESTORE_NOT_EMPTY: {
    status: 409,
    exit: 1,
    title: 'There is data where the backup would be restored',
    fix: 'Give an empty or new folder with --data; what is there is never written over.',
  },
} as const satisfies Record<string, ErrorEntry>;
