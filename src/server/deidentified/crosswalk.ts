// The random codes that stand for keys in de-identified rows (45 CFR 164.514(c)): kept apart from the rows and from everything that
// is given out, the same for as long as the records are kept. Whoever has both can find a patient again; nobody else.
import { randomBytes } from 'node:crypto';
import type { Collection, CollectionDefinition } from '../../records/documents.js';
import type { Records } from '../../records/records.js';

export interface Crosswalk {
  /** Secret: what a statement has in the place of a key is made with it. */
  readonly salt: string;
  /** The code of each place; one that has none is given one. */
  codesOf(places: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Undefined where the code was never given. */
  placeOf(code: string): Promise<string | undefined>;
}

interface Coded {
  readonly code: string;
  readonly [field: string]: unknown;
}

const definition: CollectionDefinition<Coded> = { name: 'crosswalk', indexed: ['code'] };

/** Of places, which are 64 hexadecimal digits, none is called so. */
const saltKey = 'salt';

/** How many codes are remembered beside the records; a page of 1,000 rows has some thousands. */
const mostKnown = 200_000;
/** How many are asked for at once. */
const atOnce = 100;

export function openCrosswalk(records: () => Promise<Records>): () => Promise<Crosswalk> {
  let opened: Promise<Crosswalk> | undefined;
  return () => {
    opened ??= open(records).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}

async function open(records: () => Promise<Records>): Promise<Crosswalk> {
  const codes = (await records()).documents.collection(definition);
  const salt = await saltOf(codes);
  const known = new Map<string, string>();

  function note(place: string, code: string): void {
    if (known.size >= mostKnown) known.clear();
    known.set(place, code);
  }

  /** Those of the places that have a code. */
  async function look(places: readonly string[]): Promise<void> {
    for (let from = 0; from < places.length; from += atOnce) {
      const some = places.slice(from, from + atOnce);
      const found = await Promise.all(some.map((place) => codes.get(place)));
      for (const document of found) if (document) note(document.key, document.body.code);
    }
  }

  return {
    salt,
    async codesOf(places) {
      const asked = [...new Set(places)];
      await look(asked.filter((place) => !known.has(place)));
      for (let bare = asked; ; ) {
        bare = bare.filter((place) => !known.has(place)).slice(0, 1000);
        if (bare.length === 0) return new Map(asked.map((place) => [place, known.get(place) ?? '']));
        const fresh = bare.map((key) => ({ key, body: { code: newCode() } }));
        const kept = await codes.insertAll(fresh);
        for (const { key, body } of fresh.slice(0, kept)) note(key, body.code);
        // Another was first with the next one.
        await look(bare.slice(kept));
        bare = asked;
      }
    },
    async placeOf(code) {
      const [found] = await codes.list({ where: { code }, limit: 1 });
      return found && found.key !== saltKey ? found.key : undefined;
    },
  };
}

async function saltOf(codes: Collection<Coded>): Promise<string> {
  const code = randomBytes(32).toString('hex');
  const own = await codes.insert(saltKey, { code });
  const kept = own ?? (await codes.get(saltKey));
  if (!kept) throw new Error('The salt of the crosswalk was removed.');
  return kept.body.code;
}

/** 80 random bits, in letters and digits that are not mistaken for one another. */
const newCode = (): string =>
  [...randomBytes(16)].map((byte) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[byte % 32]).join('');
