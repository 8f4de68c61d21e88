// Names of fields that MongoDB or its driver would take for something else, written with % as in addresses: `a.b` is a path
// to them, `$a` an operator, `_bsontype` a type, and a NUL ends a name.

/** A copy whose names are only names. What JSON leaves away is not there. */
export const toNames = <Of>(value: Of): Of => renamed(JSON.parse(JSON.stringify(value)), written) as Of;

/** What was given to `toNames`. */
export const fromNames = <Of>(value: Of): Of => renamed(value, read) as Of;

function renamed(value: unknown, name: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, one]) => [name(field), renamed(one, name)]));
}

const written = (field: string): string =>
  field === '_bsontype' ? '%5Fbsontype' : field.replace(/[%.$\0]/g, (character) => codes[character] ?? character);

const codes: Readonly<Record<string, string>> = { '%': '%25', '.': '%2E', $: '%24', '\0': '%00' };

const read = (field: string): string =>
  field.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
