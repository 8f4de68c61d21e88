// Of engines.
import type { ErrorEntry } from './entry.js';

export const engineErrors = {
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
  ENGINE_CANCELLED: { status: 499, exit: 1, title: 'The step was cancelled', fix: 'Repeat the command when ready.' },
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
} as const satisfies Record<string, ErrorEntry>;
