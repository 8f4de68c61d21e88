// The rows of the first patients of a generated hospital.
import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';

/** Ids are P1, P2 … in this order, in the first column of patients and the second of the others. */
export async function makeHead(source, patients, target) {
  const column = basename(source) === 'patients.csv' ? 0 : 1;
  const out = createWriteStream(`${target}.part`);
  let isHeader = true;
  for await (const line of createInterface({ input: createReadStream(source) })) {
    if (!isHeader && Number(line.split(',', 2)[column].slice(1)) > patients) break;
    isHeader = false;
    if (!out.write(`${line}\n`)) await new Promise((resolve) => out.once('drain', resolve));
  }
  out.end();
  await finished(out);
  await rename(`${target}.part`, target);
}
