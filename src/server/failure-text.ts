// What is written down of a failure that nobody foresaw.

export const failureText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
