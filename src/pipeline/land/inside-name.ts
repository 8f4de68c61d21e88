// What a text is called inside its archive.

/** The name of a member in its archive; empty for a plain file, whose name says nothing about its content. */
export function insideName(file: string, container: string): string {
  if (!/\.zip$/i.test(container)) return '';
  const parts = file.split('/');
  return parts.slice(parts.findIndex((part) => /\.zip$/i.test(part)) + 1).join('/');
}
