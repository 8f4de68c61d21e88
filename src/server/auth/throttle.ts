// Slows down whoever guesses passwords, and nobody else: what is counted is a user at one address, and an address. Nothing
// is counted of a user alone, so nobody can lock somebody else out. A browser that a user has signed in with before is
// counted by itself (OWASP, Slow Down Online Guessing Attacks with Device Cookies), whoever else is behind its address.
// It is kept in this process: another one counts anew.
import { isIPv6 } from 'node:net';

export interface Attempt {
  /** As given, whether there is such a user or not. */
  readonly user: string;
  readonly address: string;
  /** What the browser is known by, where it has signed in as this user before. */
  readonly device: string | undefined;
}

export interface Throttle {
  /**
   * How long this attempt must wait, in milliseconds. 0 lets it through, and counts it as one that failed until `passed`:
   * else many at once would all get through.
   */
  begin(attempt: Attempt): number;
  passed(attempt: Attempt): void;
  /**
   * Of an attempt that must wait: how many did since that was last written down, which is to be done now; 0 within a minute of
   * that, since whoever guesses must not fill the log. @param user Empty where there is none of this name.
   */
  refused(at: Pick<Attempt, 'user' | 'address'>): number;
}

interface Rule {
  /** Attempts that nobody waits after. */
  readonly free: number;
  /** The longest wait, in milliseconds; they begin with a second and double. */
  readonly most: number;
}

const ofUser: Rule = { free: 5, most: 15 * 60_000 };
/** Many people may share one. */
const ofAddress: Rule = { free: 30, most: 60_000 };

interface Count {
  readonly attempts: number;
  readonly until: number;
  readonly last: number;
}

/** After a day without an attempt it is forgotten. */
const forgetAfter = 24 * 60 * 60_000;

/** More than that are not kept; the oldest go first. */
const mostCounts = 100_000;

/** How often the refusals of one user at one address are written down. */
const saidEvery = 60_000;

export function openThrottle(clock: () => number = Date.now): Throttle {
  const counts = new Map<string, Count>();
  const refusals = new Map<string, { readonly since: number; readonly unsaid: number }>();
  const countOf = (key: string): Count | undefined => {
    const count = counts.get(key);
    return count && clock() - count.last < forgetAfter ? count : undefined;
  };

  function add(key: string, { free, most }: Rule): void {
    const attempts = (countOf(key)?.attempts ?? 0) + 1;
    const wait = attempts <= free ? 0 : Math.min(most, 1000 * 2 ** (attempts - free - 1));
    counts.delete(key);
    counts.set(key, { attempts, until: clock() + wait, last: clock() });
    keepLatest(counts);
  }

  return {
    begin(attempt) {
      const rules = rulesOf(attempt);
      const waits = rules.map(([key]) => (countOf(key)?.until ?? 0) - clock());
      const wait = Math.max(0, ...waits);
      if (wait === 0) for (const [key, rule] of rules) add(key, rule);
      return wait;
    },
    passed(attempt) {
      for (const [key, rule] of rulesOf(attempt)) {
        // One who may sign in themselves must not get fresh guesses at others by it: of an address one attempt is taken back.
        const count = rule === ofAddress ? countOf(key) : undefined;
        if (count) counts.set(key, { ...count, attempts: Math.max(0, count.attempts - 1), until: 0 });
        else counts.delete(key);
      }
    },
    refused({ user, address }) {
      const key = `${placeOf(address)} ${user}`;
      const { since = Number.NEGATIVE_INFINITY, unsaid = 0 } = refusals.get(key) ?? {};
      const isDue = clock() - since >= saidEvery;
      refusals.delete(key);
      refusals.set(key, isDue ? { since: clock(), unsaid: 0 } : { since, unsaid: unsaid + 1 });
      keepLatest(refusals);
      return isDue ? unsaid + 1 : 0;
    },
  };
}

function keepLatest(counts: Map<string, unknown>): void {
  const [oldest] = counts.keys();
  if (counts.size > mostCounts && oldest !== undefined) counts.delete(oldest);
}

function rulesOf({ user, address, device }: Attempt): [string, Rule][] {
  if (device !== undefined) return [[`device ${device} ${user}`, ofUser]];
  const place = placeOf(address);
  return [
    [`user ${place} ${user}`, ofUser],
    [`address ${place}`, ofAddress],
  ];
}

/** Of IPv6 the network, for one who has it has all 2^64 addresses in it. */
export function placeOf(address: string): string {
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  const parts = [...before, ...zeros, ...after].map((part) => Number.parseInt(part, 16).toString(16));
  return `${parts.slice(0, 4).join(':')}::/64`;
}
