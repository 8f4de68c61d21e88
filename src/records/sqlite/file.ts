// The file that SQLite is to write: made by us, with the rights that it is to have.
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { recordsFault } from './faults.js';

/** SQLite would let everybody of the machine read a file that it makes; what it puts beside the file gets its rights. */
export async function makeFile(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await (await open(file, 'a', 0o600)).close();
  } catch (cause) {
    throw recordsFault(file, cause);
  }
}
