// Reproducible random numbers. PCG would need 64-bit integers; this is xoshiro128** (Blackman and Vigna 2018), seeded by splitmix32.

/** Numbers in [0, 1), the same for the same seed. */
export function random(seed: number): () => number {
  let mix = seed >>> 0;
  const next = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let a = next();
  let b = next();
  let c = next();
  let d = next();
  return () => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result / 4294967296;
  };
}

/** `count` of the numbers below `n`, each set as likely as any other, in rising order (Knuth's algorithm S). */
export function sample(n: number, count: number, next: () => number): Uint32Array {
  const chosen = new Uint32Array(count);
  let taken = 0;
  for (let i = 0; taken < count; i++) if (next() * (n - i) < count - taken) chosen[taken++] = i;
  return chosen;
}
