// Which files of a folder or an archive are read as text, by their names.

/** Whether a file or folder of this name belongs to the machine it was made on rather than to the data. */
export function isHidden(name: string): boolean {
  return name.startsWith('.') || name === '__MACOSX';
}

/** Why a file of this name is not read as text; undefined where it is. */
export function whyNotRead(file: string): string | undefined {
  if (/\.(csv|tsv|txt)(\.gz)?$/i.test(file)) return undefined;
  if (/\.(xlsx?|xlsm|ods)$/i.test(file)) return 'a spreadsheet; save its sheet as CSV';
  if (/\.(zip|tar|tgz|7z|rar|gz)$/i.test(file)) return 'an archive that is not looked into';
  return 'not .csv, .tsv or .txt';
}
