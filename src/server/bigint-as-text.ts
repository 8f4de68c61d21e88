// For JSON.stringify: integers beyond 2^53 keep all of their digits.

export const bigintAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;
