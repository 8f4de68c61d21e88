// Reproducible numbers for resampling: a seed gives the same draws on every machine.
//
// sfc32 (Chris Doty-Humphrey, PractRand; public domain), its state filled by the finalizer of MurmurHash3 (Austin
// Appleby; public domain) and stirred twelve times as its author advises.

/** The finalizer of MurmurHash3, over 32 bits. */
export function mixed(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A stream for each pair of seed and number of the stream; each call draws a whole number from 0 to `below` − 1. */
export function drawing(seed: number, stream: number): (below: number) => number {
  let a = mixed(seed ^ 0x9e3779b9);
  let b = mixed(a ^ Math.floor(seed / 2 ** 32));
  let c = mixed(b ^ mixed(stream + 0x7f4a7c15));
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  return (below) => Math.floor((next() / 2 ** 32) * below);
}
