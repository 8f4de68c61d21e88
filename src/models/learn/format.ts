// How a model is kept: a mark, the length of a JSON head, the head, then its arrays one after another, little-endian.
import { CarelakeError } from '../../errors.js';

const MARK = 'carelake-model\n';
const VERSION = 1;

const ARRAYS = { u8: Uint8Array, i32: Int32Array, u32: Uint32Array, f64: Float64Array };
type Kind = keyof typeof ARRAYS;
type Numbers = Uint8Array | Int32Array | Uint32Array | Float64Array;

const kindOf = (array: Numbers): Kind =>
  (Object.keys(ARRAYS) as Kind[]).find((kind) => array instanceof ARRAYS[kind]) as Kind;

export function packed(head: object, arrays: Readonly<Record<string, Numbers>>): Uint8Array {
  const listed = Object.entries(arrays).map(([name, array]) => [name, kindOf(array), array.length]);
  const json = Buffer.from(JSON.stringify({ version: VERSION, ...head, arrays: listed }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const bodies = Object.values(arrays).map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength));
  return new Uint8Array(Buffer.concat([Buffer.from(MARK), length, json, ...bodies]));
}

/** @throws LEARN_FORMAT what is no model, is cut short, or was written by a later version. */
export function unpacked(bytes: Uint8Array): { head: Record<string, unknown>; arrays: Record<string, Numbers> } {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.length < MARK.length + 4 || all.toString('latin1', 0, MARK.length) !== MARK) {
    throw new CarelakeError('LEARN_FORMAT', 'These bytes are no model: they do not begin with the mark of one.');
  }
  const length = all.readUInt32LE(MARK.length);
  let at = MARK.length + 4 + length;
  const head = headOf(all.toString('utf8', MARK.length + 4, at));
  if (head.version !== VERSION) {
    throw new CarelakeError('LEARN_FORMAT', `The model has format ${head.version}; this build reads ${VERSION}.`);
  }
  const arrays: Record<string, Numbers> = {};
  for (const [name, kind, size] of head.arrays as [string, Kind, number][]) {
    const type = ARRAYS[kind];
    const end = at + size * type.BYTES_PER_ELEMENT;
    if (end > all.length) throw new CarelakeError('LEARN_FORMAT', `The model is cut short: ${name} is not all there.`);
    arrays[name] = new type(Uint8Array.from(all.subarray(at, end)).buffer);
    at = end;
  }
  return { head, arrays };
}

function headOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CarelakeError('LEARN_FORMAT', 'The head of the model cannot be read.', { cause });
  }
}
