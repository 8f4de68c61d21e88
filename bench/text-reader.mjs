// Speed of the numbered reader beside csv-parse on plain and quoted lines: node bench/text-reader.mjs (after a build).
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { readHead } from '../dist/sources/text/head.js';
import { readText } from '../dist/sources/text/read-text.js';

const MB = 1e6;
const texts = {
  'plain, 80-byte lines': {
    header: 'visit_id,patient_id,date,type,code,description,severity,pressure,glucose,rate,days,again\n',
    line: 'V0001234,P0000567,2021-03-04,inpatient,428.0,Heart failure,6.5,130/85,141,88,4,No\n',
    megabytes: 1000,
  },
  'two quoted fields a line': {
    header: 'visit_id,patient_id,date,location,note\n',
    line: 'V0001234,P0000567,2021-03-04,"Boston, MA","seen at 9, well, sent home"\n',
    megabytes: 500,
  },
  'windows-1252': {
    header: 'id;name;location;insurance;a;b;born;weight\n',
    line: Buffer.from('P0000567;Jos\xe9 Mu\xf1oz;Aix-en-Provence;Private;no;no;1971-02-03;72.5\n', 'latin1'),
    megabytes: 200,
  },
};

const folder = await mkdtemp(join(tmpdir(), 'carelake-bench-'));
try {
  for (const [name, { header, line, megabytes }] of Object.entries(texts)) {
    const block = Buffer.concat(Array(Math.floor(MB / line.length)).fill(Buffer.from(line)));
    const input = async function* (blocks) {
      yield Buffer.from(header);
      for (let index = 0; index < blocks; index++) yield block;
    };
    const head = readHead(name, Buffer.concat([Buffer.from(header), block]), false);
    const ours = await timed(megabytes, () =>
      readText(input(megabytes), head, { folder, name: 'piece', onPiece: (piece) => rm(piece.path) }),
    );
    const theirs = await timed(megabytes / 10, async () => {
      for await (const _ of Readable.from(input(megabytes / 10)).pipe(parse({ delimiter: head.delimiter })));
    });
    process.stdout.write(`${name}: carelake ${ours} MB/s, csv-parse ${theirs} MB/s\n`);
  }
} finally {
  await rm(folder, { recursive: true });
}

/** The best of three, in MB/s. */
async function timed(megabytes, work) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    await work();
    best = Math.min(best, (performance.now() - started) / 1000);
  }
  return Math.round(megabytes / best);
}
