// The blanks around a text, which cleaning leaves away.

/** What Unicode calls White_Space. */
const blanks = new Set(
  '\t\n\v\f\r\u0085 \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
);

/** In one pass, however many there are. */
export function trimmed(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && blanks.has(text[from] ?? '')) from += 1;
  while (to > from && blanks.has(text[to - 1] ?? '')) to -= 1;
  return text.slice(from, to);
}
