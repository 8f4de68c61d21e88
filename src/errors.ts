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
  // learning
  LEARN_DATA: {
    status: 422,
    exit: 1,
    title: 'The data is nothing to learn from',
    fix: 'Give at least one row, columns of the same length, a label that is a number in every row, and weights of 0 or more.',
  },
  LEARN_ONE_CLASS: {
    status: 422,
    exit: 1,
    title: 'Every row has the same outcome',
    fix: 'Learn from data in which the outcome happened to some and not to others.',
  },
  LEARN_NO_COLUMN: {
    status: 422,
    exit: 1,
    title: 'No column says anything',
    fix: 'Give at least one column that is neither empty nor the same in every row.',
  },
  LEARN_OPTION: {
    status: 422,
    exit: 2,
    title: 'An option of the learner is out of its range',
    fix: 'Give the option a value in the range that the message names.',
  },
  LEARN_TASK: {
    status: 422,
    exit: 1,
    title: 'The model answers another kind of question',
    fix: 'Ask a regression for its margins, and models of classes for probabilities.',
  },
  LEARN_COLUMNS: {
    status: 422,
    exit: 1,
    title: 'The columns are not those of the model',
    fix: 'Give every column that the model was trained on, of the same kind, all of one length.',
  },
  LEARN_TOO_LARGE: {
    status: 413,
    exit: 1,
    title: 'The data does not fit into the memory of one training',
    fix: 'Learn from a sample of the rows, from fewer columns, or with fewer leaves: a training has 4 GiB at most.',
  },
  LEARN_FORMAT: {
    status: 422,
    exit: 1,
    title: 'This is no model that can be read',
    fix: 'Give the file as it was written, or use the version of Carelake that wrote it.',
  },
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
  // pipeline
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
    fix: 'Try again; no row of a patient is given while it cannot be noted down. See what the message says of the records.',
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
  LAKE_KEY_INVALID: {
    status: 400,
    exit: 2,
    title: 'The lake cannot hold a file of this name',
    fix: 'Rename the file: a name has at most 255 bytes, a path at most 1,024, and no part of it is empty, . or ..',
  },
  LAKE_BUSY: {
    status: 503,
    exit: 1,
    title: 'Another process holds a file of the lake',
    fix: 'End or continue the process that the message names, then repeat the command.',
  },
  LAKE_DAMAGED: {
    status: 500,
    exit: 1,
    title: 'A file of the lake is damaged',
    fix: 'carelake run --full makes what lies below steps/ again. Delete current.json or a manifest before it; restore any other file from a backup.',
  },
  LAKE_FAILED: {
    status: 500,
    exit: 1,
    title: 'The lake failed',
    fix: 'See the cause: the data folder may be unreadable, on a failing disk or on a share that went away.',
  },
  // lake in S3
  LAKE_CREDENTIALS: {
    status: 500,
    exit: 1,
    title: 'S3 does not take the credentials',
    fix: 'Give a valid key by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, web identity or the role of the machine; `aws sts get-caller-identity` shows which is found.',
  },
  LAKE_FORBIDDEN: {
    status: 500,
    exit: 1,
    title: 'S3 does not give the right to do that',
    fix: 'Allow s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload and s3:ListMultipartUploadParts on the prefix, s3:ListBucket and s3:ListBucketMultipartUploads on the bucket, and the KMS key where one encrypts.',
  },
  LAKE_NOT_ENCRYPTED: {
    status: 500,
    exit: 1,
    title: 'Spark does not encrypt what it writes as CARELAKE_S3_ENCRYPTION asks',
    fix: 'Set it for Spark (fs.s3a.encryption.algorithm and .key, or what its service has), or as the default of the bucket; or let Spark use the settings of this process: CARELAKE_SPARK_S3=keys. What it wrote is removed.',
  },
  LAKE_NO_BUCKET: {
    status: 500,
    exit: 1,
    title: 'There is no such bucket',
    fix: 'Correct the bucket in CARELAKE_LAKE=s3://bucket/prefix, or create it: Carelake makes no buckets. AWS_ENDPOINT_URL says which server is asked.',
  },
  LAKE_REGION: {
    status: 500,
    exit: 1,
    title: 'The region of the bucket is not known or another',
    fix: "Set AWS_REGION to the bucket's region; a server that has none takes us-east-1.",
  },
  LAKE_CLOCK: {
    status: 500,
    exit: 1,
    title: 'The clock of this machine differs too much from that of S3',
    fix: 'Set the clock (by NTP): S3 refuses requests that are more than 15 minutes off.',
  },
  LAKE_UNREACHABLE: {
    status: 503,
    exit: 1,
    title: 'S3 cannot be reached',
    fix: 'Check AWS_ENDPOINT_URL, the network and its proxies, then repeat the command: finished steps are kept.',
  },
  LAKE_TIMEOUT: {
    status: 504,
    exit: 1,
    title: 'S3 did not answer in time',
    fix: 'Check the network, then repeat the command: finished steps are kept.',
  },
  LAKE_SLOW_DOWN: {
    status: 503,
    exit: 1,
    title: 'S3 is overloaded and asks to slow down',
    fix: 'Repeat the command later, or raise CARELAKE_S3_ATTEMPTS: finished steps are kept.',
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
  // engine
  ENGINE_TEXT_NOT_PORTABLE: {
    status: 500,
    exit: 1,
    title: 'A constant cannot be written so that every engine reads it alike',
    fix: 'Use a text without backslashes, control characters and signs that are special in a pattern.',
  },
  ENGINE_FAILED: {
    status: 500,
    exit: 1,
    title: 'The engine could not run a step',
    fix: 'The cause names what the engine refused; repeat the command, and report the step if it fails again.',
  },
  ENGINE_OUT_OF_MEMORY: {
    status: 500,
    exit: 1,
    title: 'The engine ran out of memory',
    fix: 'Raise CARELAKE_MEMORY, or free memory; where Spark ran out, raise spark.executor.memory, or spark.driver.memory where its server ended. Then repeat the command: finished steps are kept.',
  },
  ENGINE_CANCELLED: { status: 499, exit: 1, title: 'The step was cancelled', fix: 'Repeat the command when ready.' },
  ENGINE_TYPE_NOT_PORTABLE: {
    status: 500,
    exit: 1,
    title: 'A column has a type that not every engine can read',
    fix: 'Cast the column in the step: bigint, double, decimal, date, timestamp, boolean, string or array of string.',
  },
  ENGINE_TEMP: {
    status: 500,
    exit: 1,
    title: 'The folder for temporary files cannot be written',
    fix: 'Give the process the right to write there, or choose another folder with CARELAKE_TEMP or --data.',
  },
  ENGINE_NO_INPUT: {
    status: 500,
    exit: 1,
    title: 'A step was given an input without files',
    fix: 'Give every input at least one Parquet file; an empty table has one without rows.',
  },
  // engine/spark
  ENGINE_ADDRESS: {
    status: 500,
    exit: 2,
    title: 'The address of the Spark Connect server is not valid',
    fix: 'Write sc://host:15002, or with what the service asks for: sc://host:443/;token=…;use_ssl=true;x-header=…',
  },
  ENGINE_UNREACHABLE: {
    status: 503,
    exit: 1,
    title: 'The Spark Connect server cannot be reached',
    fix: 'Check host and port (15002 where Spark was started as it comes), use_ssl, and that the server runs; then repeat the command: finished steps are kept.',
  },
  ENGINE_REFUSED: {
    status: 502,
    exit: 1,
    title: 'The Spark Connect server does not let us in',
    fix: 'Put a valid token into the address: sc://host:port/;token=…, and give its user the right to run statements.',
  },
  ENGINE_LOST: {
    status: 503,
    exit: 1,
    title: 'Spark lost the step',
    fix: 'The server was started again, or its machines went away. Repeat the command: finished steps are kept.',
  },
  ENGINE_VERSION: {
    status: 500,
    exit: 2,
    title: 'This version of Spark cannot run the steps',
    fix: 'Use Spark 3.5 or a later one.',
  },
  ENGINE_UNABLE: {
    status: 500,
    exit: 2,
    title: 'This Spark cannot run the steps',
    fix: 'Give it what is named, or use another one: Apache Spark 3.5 or later whose sessions may have settings of their own, with hadoop-aws where the lake is in S3 (docs/guide/spark.md).',
  },
  ENGINE_NOT_SHARED: {
    status: 500,
    exit: 1,
    title: 'Spark and this machine do not see the same folder',
    fix: 'Put the lake into a folder that every machine of Spark has at the same path, or into S3 (CARELAKE_LAKE=s3://bucket/prefix) where Spark asks the same server.',
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
    title: 'The archive holds a file name that leads out of the archive',
    fix: 'Pack the files again with plain relative names.',
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
  // models
  MODEL_NO_OUTCOME: {
    status: 422,
    exit: 1,
    title: 'The source cannot show what the model predicts',
    fix: 'Train another model, or one for another source; the message says what the source lacks.',
  },
  MODEL_NO_CASE: {
    status: 404,
    exit: 1,
    title: 'There is nothing of this patient to predict from',
    fix: 'Give an id of the published run whose patient has had a stay or visit, or give the values themselves.',
  },
  MODEL_FEATURES_CHANGED: {
    status: 409,
    exit: 1,
    title: 'The model was trained on features that are now defined otherwise',
    fix: 'Train it again with this version: carelake train.',
  },
  FEATURE_INVALID: {
    status: 422,
    exit: 1,
    title: 'Values that cannot be',
    fix: 'Correct the fields that the errors name; docs/features.md says what each may hold. A field may be left out.',
  },
  FEATURE_EMPTY: {
    status: 422,
    exit: 1,
    title: 'Nothing was given to predict from',
    fix: 'Give at least one field of docs/features.md, or a patient_id.',
  },
  // analytics
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
  // models
  MODEL_SOURCE_UNKNOWN: {
    status: 422,
    exit: 1,
    title: 'There is no such source to learn from',
    fix: 'Name a source that the message lists, or none: then the one with the most visits is taken.',
  },
  MODEL_TOO_FEW: {
    status: 422,
    exit: 1,
    title: 'There are too few cases to learn from',
    fix: 'Bring in more data, or a longer period; with so few cases nobody could say how good the model is.',
  },
  MODEL_UNKNOWN: {
    status: 404,
    exit: 2,
    title: 'There is no such model or version',
    fix: 'carelake models list names those there are.',
  },
  MODEL_NOT_SERVED: {
    status: 503,
    exit: 1,
    title: 'No version of this model is served',
    fix: 'Train it: carelake train. A version that is no better than its baseline, or not calibrated, is not served.',
  },
  MODEL_NOT_GOOD_ENOUGH: {
    status: 409,
    exit: 1,
    title: 'This version may not be served',
    fix: 'Train on more or better data; carelake models card shows how the version did.',
  },
  MODEL_NO_EARLIER: {
    status: 409,
    exit: 1,
    title: 'Nothing was served before',
    fix: 'carelake models list names the versions; carelake models promote serves one of them.',
  },
  TRAINING_RUNNING: {
    status: 409,
    exit: 1,
    title: 'Another training runs',
    fix: 'Wait until it is over, or stop it: /api/jobs names it.',
  },
  TRAINING_ENDED: {
    status: 500,
    exit: 1,
    title: 'A training ended before it had learned anything',
    fix: 'Give it more memory (CARELAKE_MEMORY) or fewer cases (most); what it had not finished is not there.',
  },
  TRAINING_STOPPED: {
    status: 409,
    exit: 1,
    title: 'The training was stopped',
    fix: 'Start it again; what it had not finished is not there.',
  },
  JOB_NOT_FOUND: {
    status: 404,
    exit: 2,
    title: 'The server knows no such job',
    fix: '/api/jobs lists the jobs since the server was started.',
  },
  CSV_ROW: {
    status: 422,
    exit: 1,
    title: 'A row of the file cannot be read',
    fix: 'Correct the line that the message names; the rows before it were answered.',
  },
  // server
  SERVE_ADDRESS: {
    status: 500,
    exit: 2,
    title: 'The server may not listen at that address',
    fix: 'Leave --host away, or give 127.0.0.1, ::1 or localhost. For other machines: CARELAKE_AUTH=on, and CARELAKE_TLS_CERT with CARELAKE_TLS_KEY, or CARELAKE_TRUSTED_PROXIES naming the proxy that speaks TLS.',
  },
  SERVE_PORT: {
    status: 500,
    exit: 1,
    title: 'The server cannot listen at that port',
    fix: 'End the program that holds the port, or choose another with --port.',
  },
  SIGN_IN_REQUIRED: {
    status: 401,
    exit: 1,
    title: 'Nobody is signed in',
    fix: 'Sign in at /sign-in, or send an API key: Authorization: Bearer clk_…',
  },
  TOKEN_KEY: {
    status: 500,
    exit: 1,
    title: 'Access tokens cannot be signed',
    fix: 'Give CARELAKE_TOKEN_KEY_FILE a file of private keys that `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256` makes, or let the data folder be written to.',
  },
  TOKEN_EXPIRED: {
    status: 401,
    exit: 1,
    title: 'The access token has expired',
    fix: 'Get another with the refresh token: POST /api/auth/token.',
  },
  TOKEN_REFUSED: {
    status: 401,
    exit: 1,
    title: 'The refresh token is not good',
    fix: 'Begin anew with the API key: POST /api/auth/token. A refresh token is good once, and shown again it ends all tokens of its grant.',
  },
  OIDC_SETTINGS: {
    status: 500,
    exit: 2,
    title: 'OpenID Connect is not set up in full',
    fix: 'Give CARELAKE_OIDC_ISSUER and CARELAKE_OIDC_CLIENT_ID together, and in CARELAKE_OIDC_ROLES roles that there are.',
  },
  OIDC_OFF: {
    status: 404,
    exit: 1,
    title: 'Nobody signs in by OpenID Connect here',
    fix: 'Sign in by name and password, or set CARELAKE_OIDC_ISSUER where the server runs.',
  },
  OIDC_REFUSED: {
    status: 403,
    exit: 1,
    title: 'The sign-in by OpenID Connect was not taken',
    fix: 'Begin anew at /api/auth/oidc/start; if it is refused again, ask an administrator whether you may sign in here.',
  },
  OIDC_UNREACHABLE: {
    status: 502,
    exit: 1,
    title: 'The provider of OpenID Connect does not answer',
    fix: 'Try again later, or sign in by name and password; an operator looks whether CARELAKE_OIDC_ISSUER is reached from the server.',
  },
  FORBIDDEN: {
    status: 403,
    exit: 1,
    title: 'This may only be done in another role',
    fix: 'Ask an administrator for the role that you need; docs/guide/sign-in.md says what each may do.',
  },
  SIGN_IN_FAILED: {
    status: 401,
    exit: 1,
    title: 'Name and password do not fit',
    fix: 'Check both; an administrator can give you a link by which you choose another password.',
  },
  SIGN_IN_TOO_OFTEN: {
    status: 429,
    exit: 1,
    title: 'There were too many attempts to sign in from here',
    fix: 'Try again after the seconds that the header Retry-After names. Elsewhere the account is not held up.',
  },
  SIGN_IN_OFF: {
    status: 409,
    exit: 1,
    title: 'Nobody signs in to this server',
    fix: 'Start it with CARELAKE_AUTH=on to have users, sessions and keys.',
  },
  IN_PERSON_ONLY: {
    status: 403,
    exit: 1,
    title: 'A program may not do this for a person',
    fix: 'Sign in with name and password: keys and tokens make no keys, and manage no users.',
  },
  CSRF_REFUSED: {
    status: 403,
    exit: 1,
    title: 'The request does not prove that a page of ours sent it',
    fix: 'Send the csrf_token of GET /api/auth/session as the header X-CSRF-Token; programs use an API key instead.',
  },
  LINK_INVALID: {
    status: 410,
    exit: 1,
    title: 'The link is not good any more',
    fix: 'Ask an administrator for another, or make one on the server: carelake user password NAME --link.',
  },
  PASSWORD_WEAK: {
    status: 422,
    exit: 1,
    title: 'The password is too easy to guess',
    fix: 'Take at least 12 characters that nobody would expect: four words that have nothing to do with one another are good.',
  },
  PASSWORD_WRONG: {
    status: 403,
    exit: 1,
    title: 'This is not your present password',
    fix: 'Give the password that you sign in with now; an administrator can give you a link where it is lost.',
  },
  USER_NAME: {
    status: 422,
    exit: 2,
    title: 'The name of a user is not valid',
    fix: 'Use 1 to 100 characters of a-z, 0-9 and . _ @ + -, beginning with a letter or digit.',
  },
  USER_EXISTS: {
    status: 409,
    exit: 1,
    title: 'There is such a user already',
    fix: 'Choose another name, or change the user who is there. Users are disabled, never removed.',
  },
  USER_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'There is no such user',
    fix: 'carelake user list and /api/users name the users that there are.',
  },
  LAST_ADMIN: {
    status: 409,
    exit: 1,
    title: 'Somebody must be left who can manage users',
    fix: 'Give another user the role admin first, who has chosen a password.',
  },
  SESSION_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'You have no such session',
    fix: 'GET /api/auth/sessions lists those that are open.',
  },
  KEY_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'There is no such key',
    fix: 'carelake key list and /api/keys list the keys that there are.',
  },
  KEY_ROLES: {
    status: 422,
    exit: 2,
    title: 'A key may do no more than its owner',
    fix: 'Name roles that the owner has.',
  },
  HOST_REFUSED: {
    status: 421,
    exit: 1,
    title: 'The server does not answer under that name',
    fix: 'Open it as http://127.0.0.1 or http://localhost with its port, or name it in CARELAKE_PUBLIC_HOSTS: any other name could be that of a strange web page.',
  },
  TLS_FILES: {
    status: 500,
    exit: 2,
    title: 'Certificate and key cannot be used',
    fix: 'Give CARELAKE_TLS_CERT a certificate in PEM, followed by those that lead to its root, and CARELAKE_TLS_KEY its key without a passphrase.',
  },
  TRACES_ENDPOINT: {
    status: 500,
    exit: 2,
    title: 'Traces cannot be sent there',
    fix: 'Give OTEL_EXPORTER_OTLP_ENDPOINT the address of a receiver of OTLP over HTTP, such as http://localhost:4318, or leave it away.',
  },
  RATE_LIMITED: {
    status: 429,
    exit: 1,
    title: 'Too many requests',
    fix: 'Ask again after the seconds that the header Retry-After names; CARELAKE_RATE_ADDRESS, CARELAKE_RATE_USER and CARELAKE_RATE_SIGN_IN say how many a minute may come.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    exit: 1,
    title: 'The request did not come to its end',
    fix: 'Send it again and without pauses: its head within 15 s, its body within 30 s.',
  },
  REQUEST_HEAD_TOO_LARGE: {
    status: 431,
    exit: 1,
    title: 'The head of the request is too large',
    fix: 'Send fewer or shorter headers and parameters: address and headers have at most 16 KiB together.',
  },
  REQUEST_BROKEN: {
    status: 400,
    exit: 1,
    title: 'This is no request that can be read',
    fix: 'Speak HTTP/1.1, over TLS where the address begins with https.',
  },
  NOT_READY: {
    status: 503,
    exit: 1,
    title: 'The server cannot answer now',
    fix: 'Ask again after the seconds that the header Retry-After names; the log, and carelake doctor on the machine of the server, say what it lacks.',
  },
  SERVER_STOPPING: {
    status: 503,
    exit: 1,
    title: 'The server is stopping',
    fix: 'Ask again after the seconds that the header Retry-After names: what was taken is finished, nothing new is begun.',
  },
  PATH_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'There is no such path',
    fix: 'See /api/openapi.json for the paths that there are.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    exit: 1,
    title: 'The path does not take that method',
    fix: 'Use one of the methods that the header Allow names.',
  },
  REQUEST_INVALID: {
    status: 400,
    exit: 1,
    title: 'The request is not valid',
    fix: 'Correct what the message names; /api/openapi.json describes every path.',
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    exit: 1,
    title: 'The request is too large',
    fix: 'Ask for less at once: a body has at most 1 MiB, a value in a path at most 1,000 characters.',
  },
  UPLOAD_TYPE: {
    status: 415,
    exit: 1,
    title: 'A file of this kind is not read',
    fix: 'Send a .csv, .tsv or .txt, one of them as .gz, or a .zip of them, under its own name.',
  },
  UPLOAD_TOO_LARGE: {
    status: 413,
    exit: 1,
    title: 'The file is larger than may be sent',
    fix: 'Send it in parts, or packed as .gz; CARELAKE_UPLOAD_LIMIT says how large a file may be, and carelake ingest takes any.',
  },
  UPLOAD_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'There is no such upload',
    fix: 'Take an id that /api/uploads lists.',
  },
  UPLOAD_NOT_RUN: {
    status: 409,
    exit: 1,
    title: 'No run has read the upload yet',
    fix: 'Ask again in a moment: /api/uploads/:id says when a run has read it.',
  },
  MAPPING_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'There is no mapping of this name',
    fix: 'Take a name that /api/mappings lists, or save one there.',
  },
  DRAFT_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'You have no such draft',
    fix: 'Take an id that /api/drafts lists; drafts go after 30 days.',
  },
  DRAFTS_FULL: {
    status: 409,
    exit: 1,
    title: 'You have too many drafts',
    fix: 'Remove drafts that you do not need any more; there may be 100.',
  },
  WORKLIST_ITEM_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'The work list has no such item',
    fix: 'Take an id that /api/worklist lists.',
  },
  WORKLIST_ITEM_EXISTS: {
    status: 409,
    exit: 1,
    title: 'The patient is on the work list for this reason already',
    fix: 'Change the item that is there: /api/worklist?patient_id= shows it.',
  },
  WORKLIST_CONFLICT: {
    status: 409,
    exit: 1,
    title: 'Somebody else changed the item in the meantime',
    fix: 'Look at the item as it is now, and repeat the change on its version if it is still wanted.',
  },
  WORKLIST_INVALID: {
    status: 422,
    exit: 1,
    title: 'The item cannot be kept as it is',
    fix: 'Correct what the errors name: a patient that is there, and somebody who may use the work list.',
  },
  REQUEST_MEDIA_TYPE: {
    status: 415,
    exit: 1,
    title: 'The body of the request is of a kind that is not read',
    fix: 'Send JSON with the header Content-Type: application/json.',
  },
  RUN_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'No such run is kept',
    fix: 'Name one of the kept runs; carelake runs and /api/runs list them.',
  },
  SERVER_BUSY: {
    status: 503,
    exit: 1,
    title: 'The server has too much to do',
    fix: 'Ask again after the seconds that the header Retry-After names.',
  },
  ANSWER_TIMEOUT: {
    status: 504,
    exit: 1,
    title: 'The answer took too long',
    fix: 'Ask for less: fewer rows, a narrower filter, fewer dimensions; or ask again when the machine has less to do.',
  },
  INTERNAL: {
    status: 500,
    exit: 1,
    title: 'Carelake failed in a way that it did not foresee',
    fix: 'This is a fault of Carelake; please report what the server wrote to its error output.',
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

/** Whether something thrown is the coded error `code`. */
export const isCoded = (error: unknown, code: ErrorCode): boolean =>
  error instanceof CarelakeError && error.code === code;
