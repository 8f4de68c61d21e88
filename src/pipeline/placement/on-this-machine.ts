// Steps on this machine: inputs are checked out, outputs are made in scratch and committed when they are whole.
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { inParallel } from '../../in-parallel.js';
import { inScratch } from '../../lake/in-scratch.js';
import type { Lake } from '../../lake/lake.js';
import { hashOf } from '../file-hash.js';
import type { Placement } from '../placement.js';

/** Each is an open file. */
const hashedAtOnce = 8;

export function onThisMachine(lake: Lake): Placement {
  return {
    open: (keys) => lake.checkout(keys),
    release: (paths) => lake.release(paths),
    making: (key, work) =>
      inScratch(lake, (output) =>
        work({
          output,
          files: () => filesBelow(output),
          async hashes(files) {
            const sha256 = await inParallel(files, hashedAtOnce, (file) =>
              hashOf(createReadStream(join(output, file))),
            );
            return { sha256 };
          },

          paths: (files) => files.map((file) => join(output, file)),

          async finish(_, { name, body }) {
            await writeFile(join(output, name), body);
            return lake.commit(output, key, name);
          },

          async addBeside(files) {
            const folder = `again-${randomUUID()}`;
            await lake.commit(output, `${key}/${folder}`, files.at(-1) ?? '');
            return files.map((file) => `${folder}/${file}`);
          },
        }),
      ),
  };
}

/** The files of a step's output, in the folders of their buckets where it is cut. */
async function filesBelow(output: string): Promise<string[]> {
  const entries = await readdir(output, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return files.map((file) => relative(output, file)).sort();
}
