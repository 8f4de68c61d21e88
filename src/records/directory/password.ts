// Passwords: how they are kept, and which are good enough.
import { hash as argon2, verify } from '@node-rs/argon2';
import { CarelakeError } from '../../errors.js';

/**
 * Argon2id with 19 MiB, 2 passes and 1 lane: OWASP, Password Storage Cheat Sheet (2025). The hash says its parameters, so
 * that others may follow.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const shortest = 12;
/** Longer than anybody types; OWASP asks for an end, since hashing costs. */
export const longestPassword = 256;

/** Of 0 to 4. It stands for 10^8 guesses, which somebody who has the hash makes slowly (Wheeler, zxcvbn, USENIX 2016). */
const leastScore = 3;

/** The first letters are judged: those of a pattern that is repeated take a second for each doubling. */
const judged = 64;

/** @throws PASSWORD_WEAK. @param known What others know of its owner, such as their name. */
export async function hashOfNew(password: string, known: readonly string[]): Promise<string> {
  const why = await weakness(password, known);
  if (why !== undefined) {
    throw new CarelakeError('PASSWORD_WEAK', why, { faults: [{ field: 'password', message: why }] });
  }
  return argon2(normal(password), cost);
}

/**
 * Whether it is the password. Takes as long where there is none to compare with, so that nobody learns from the time who
 * is there.
 */
export async function isPassword(kept: string | null | undefined, given: string): Promise<boolean> {
  const fits = await verify(kept ?? (await ofNobody()), normal(given));
  return fits && typeof kept === 'string';
}

let made: Promise<string> | undefined;
function ofNobody(): Promise<string> {
  made ??= argon2('nobody', cost);
  return made;
}

/** The same letters are the same password on every keyboard (NIST SP 800-63B, 3.1.1.2). */
const normal = (password: string): string => password.normalize('NFKC');

/** What is wrong with a password that is about to be set; undefined where it is good enough. */
async function weakness(password: string, known: readonly string[]): Promise<string | undefined> {
  const { length } = [...password];
  if (length < shortest) return `It has ${length} characters and must have at least ${shortest}.`;
  if (length > longestPassword) return `It has ${length} characters and may have at most ${longestPassword}.`;
  const { score, feedback } = (await judge()).check(normal(password).slice(0, judged), ['carelake', ...known]);
  if (score >= leastScore) return undefined;
  return [feedback.warning ?? 'It is easy to guess.', ...feedback.suggestions].join(' ');
}

let loaded: ReturnType<typeof load> | undefined;
function judge(): ReturnType<typeof load> {
  loaded ??= load();
  return loaded;
}

/** Lists of words and names that take 80 MB of memory: loaded with the first password that is set. */
async function load() {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    l33tMaxSubstitutions: 10,
  });
}
