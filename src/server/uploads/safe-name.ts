// The name of a file that somebody sent: one that no folder, shell or terminal takes for anything else, and of a kind that is read.
import { CarelakeError } from '../../errors.js';
import { whyNotRead } from '../../sources/text/names.js';

/** In bytes; file systems have 255. */
const longest = 200;

/** @throws UPLOAD_TYPE where the name says that it is no text, no gzip of one and no zip */
export function safeName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  // Control characters, what looks like others or turns the direction of text, and what Windows does not take.
  const plain = last.replace(/[\p{C}\p{Zl}\p{Zp}<>:"|?*]/gu, '_').replace(/^[.\s-]+|[.\s]+$/g, '');
  const [, stem = plain, end = ''] = /^(.*?)((?:[.][a-z0-9]{1,4})?[.][a-z0-9]{1,4})?$/is.exec(plain) ?? [];
  const name = `${shortened(stem, longest - Buffer.byteLength(end))}${end}`;
  const why = /[.]zip$/i.test(name) ? undefined : whyNotRead(name);
  if (stem !== '' && why === undefined) return name;
  const shown = JSON.stringify(last.slice(0, 100));
  throw new CarelakeError('UPLOAD_TYPE', `${shown} is ${why ?? 'no name'}.`, {
    faults: [{ field: 'file', value: last.slice(0, 100), message: why ?? 'It must have a name.' }],
  });
}

function shortened(text: string, most: number): string {
  let bytes = 0;
  let short = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) break;
    short += character;
  }
  return short;
}

/** Whether the first bytes are of the kind that the name says. @throws UPLOAD_TYPE */
export function requireKind(name: string, start: Buffer): void {
  const found = kinds.find(({ marks }) => marks.some((mark) => start.subarray(0, mark.length).equals(mark)));
  const isNamed = kinds.find(({ end }) => end.test(name));
  if (found === isNamed) return;
  const holds = found ? `holds ${found.called}` : `holds no ${isNamed?.called.replace(/^an? /, '')}`;
  throw new CarelakeError('UPLOAD_TYPE', `${name} ${holds}.`, {
    faults: [{ field: 'file', value: name, message: `It ${holds}.` }],
  });
}

const kinds = [
  { end: /[.]zip$/i, called: 'a zip archive', marks: ['504b0304', '504b0506'].map((hex) => Buffer.from(hex, 'hex')) },
  { end: /[.]gz$/i, called: 'a gzip', marks: [Buffer.from('1f8b', 'hex')] },
] as const;
