// A process that commits to a lake in S3 without end, to be killed: `s3-worker.ts <S3LakeOptions as JSON> <prefix>`.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openS3Lake } from '../../src/lake/s3.js';

const [options = '', prefix = ''] = process.argv.slice(2);
const lake = openS3Lake(JSON.parse(options));

for (let round = 0; ; round++) {
  const folder = await lake.scratch();
  for (let part = 0; part < 3; part++) await writeFile(join(folder, `part-${part}`), Buffer.alloc(12 * 2 ** 20, round));
  await writeFile(join(folder, 'last'), '');
  await lake.commit(folder, `${prefix}/${round}`, 'last');
  await lake.checkout([`${prefix}/${round}/part-0`]);
  process.stdout.write(`${round}\n`);
}
