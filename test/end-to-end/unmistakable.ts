// Names and identifiers that nothing else is spelled like, so that where one of them is found, it has got there.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const length = 10;
/** No word of a language, and no number in any base, has ten of them in a row. They stay what they are in every encoding of text. */
const consonants = 'bcdfghjklmnpqrst';

/** Columns of the synthetic hospital by which somebody is known; all others are kept. */
const identifying = ['patient_id', 'visit_id', 'prescription_id', 'name', 'location'];

export class Unmistakable {
  readonly all = new Set<string>();
  readonly #standIns = new Map<string, string>();

  /** A word that was never given before. */
  word(): string {
    const digits = createHash('sha256').update(String(this.all.size)).digest('hex').slice(0, length);
    const word = [...digits].map((digit) => consonants[Number.parseInt(digit, 16)]).join('');
    this.all.add(word);
    return word;
  }

  /** A given and a family name. */
  name(): string {
    return [this.word(), this.word()].map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(' ');
  }

  /** Those that a text holds, in capitals or not, each once. */
  in(text: string): string[] {
    const low = text.toLowerCase();
    const found = new Set<string>();
    for (let at = 0; at + length <= low.length; at++) {
      const piece = low.slice(at, at + length);
      if (this.all.has(piece)) found.add(piece);
    }
    return [...found];
  }

  /** Writes such words in the place of every identifier in the CSV files of a folder, the same for the same; birth dates are looked for as they are. */
  async rename(folder: string): Promise<void> {
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.csv'))) {
      const path = join(folder, file);
      // Cut at every comma, and each byte kept: what is wrong with a file stays wrong with it.
      const [header = '', ...lines] = (await readFile(path, 'latin1')).split('\n');
      const columns = header.split(',');
      const renamed = lines.map((line) => line.split(',').map((value, at) => this.#standIn(columns[at] ?? '', value)));
      await writeFile(path, [header, ...renamed.map(String)].join('\n'), 'latin1');
    }
  }

  #standIn(column: string, value: string): string {
    if (column === 'birth_date' && /^(19|200)\d+-\d\d-\d\d$/.test(value)) this.all.add(value);
    if (!identifying.includes(column) || value.trim() === '') return value;
    const known = `${column} ${value}`;
    const standIn = this.#standIns.get(known) ?? (column === 'name' ? this.name() : this.word());
    this.#standIns.set(known, standIn);
    return standIn;
  }
}
