// Texts by their bytes as UTF-8, as databases compare them.

export const bytewise = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
