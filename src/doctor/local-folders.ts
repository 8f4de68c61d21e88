// The folders of this machine that hold patients' data.

import { s3AddressOf } from '../config/s3.js';
import type { Config } from '../config.js';

/** With a lake in S3, copies of its files lie in the folder for temporary files. */
export const localFolders = ({ data, lake, temp }: Config): string[] => [
  ...new Set(s3AddressOf(lake) ? [data, temp] : [data, lake, temp]),
];
