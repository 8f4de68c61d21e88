// Files and folders as Spark names them.

/** `/a b/c` → `file:///a b/c`, `s3://bucket/key` → `s3a://bucket/key`, as Hadoop's own reader of S3 is called. */
export function location(path: string, s3: string): string {
  if (isUrl(path)) return path.replace(/^s3:/, `${s3}:`);
  return `file://${path}`;
}

/** Whether this is in an object store rather than in a folder. */
export const isUrl = (path: string): boolean => /^[a-z0-9]+:[/][/]/.test(path);

/** A location whose signs stand for themselves: Hadoop takes `*`, `?`, `[` and `{` for patterns. */
export const literally = (path: string): string => path.replace(/[\\*?[\]{}]/g, '\\$&');
