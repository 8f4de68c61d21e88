// Requests that change something: as the description of the interface shows them, then made wrong in every way that comes
// to mind, several at once.
import fc from 'fast-check';

export type Schema = Readonly<{
  properties?: Readonly<Record<string, object>>;
  required?: readonly string[];
  additionalProperties?: boolean;
  examples?: readonly unknown[];
}>;

export interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;
  };
  readonly responses: Readonly<
    Record<
      string,
      { readonly content?: Readonly<Record<string, { readonly schema: object; readonly examples?: object }>> }
    >
  >;
}

/** Who sends it. */
export const senders = ['somebody', 'without token', 'clerk', 'key', 'nobody'] as const;

export interface WrongRequest {
  readonly sender: (typeof senders)[number];
  /** Of the path; `known` is replaced by one that is there. */
  readonly id: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string | Buffer;
  /** Fields beside those that the description knows, where the body is otherwise one. */
  readonly unknown: readonly string[];
}

export const jsonOf = ({ requestBody }: Operation) => requestBody?.content['application/json'];

/** An id that the test has for the path. */
export const known = '(known)';

/** Bodies that the description shows. */
export const shownBodies = (operation: Operation): readonly object[] => {
  const { example, schema } = jsonOf(operation) ?? {};
  return [...(example === undefined ? [] : [example]), ...(schema?.examples ?? [])] as object[];
};

/** Stands for a list in lists, so deep that who follows it by calling itself falls. */
const deep = '(deep)';
const deepText = '['.repeat(100_000) + ']'.repeat(100_000);

/** What is sent of a request: the deep list, which no report of a failure should show, is put in last. */
export const payloadOf = ({ payload }: WrongRequest): string | Buffer | undefined =>
  typeof payload === 'string' ? payload.replaceAll(JSON.stringify(deep), deepText) : payload;

/** Values that no field has, or hardly any. */
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, 2 ** 53, '', ' ', [], {}, [null], '\0', '\ud800', deep),
  fc.constantFrom<unknown>(
    { $gt: '' },
    ['a', ['b']],
    'x'.repeat(11_000),
    '9'.repeat(400),
    '2024-02-30',
    '../..',
    "' or 1=1--",
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.jsonValue({ maxDepth: 3 }),
);

export const unknownName = fc.oneof(
  fc.constantFrom(
    'constructor',
    'toString',
    'hasOwnProperty',
    '$where',
    'a.b',
    '',
    'success',
    'x'.repeat(300),
    'Ünbekannt',
  ),
  fc.string({ minLength: 1, maxLength: 8 }).map((text) => `zz ${text}`),
);

type Edit = readonly ['set' | 'drop' | 'add', name: string, value: unknown];

const edits = (names: readonly string[]): fc.Arbitrary<Edit[]> =>
  fc.array(
    fc.oneof(
      ...(names.length === 0
        ? []
        : [
            fc.tuple(fc.constant('set' as const), fc.constantFrom(...names), hostileValue),
            fc.tuple(fc.constant('drop' as const), fc.constantFrom(...names), fc.constant(null)),
          ]),
      fc.tuple(fc.constant('add' as const), unknownName, hostileValue),
    ),
    { maxLength: 4 },
  );

function edited(body: object, changes: readonly Edit[]): Record<string, unknown> {
  const fields = new Map(Object.entries(body));
  for (const [how, name, value] of changes) {
    if (how === 'drop') fields.delete(name);
    else fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** What becomes of the text of a body on its way. */
const spoilt: fc.Arbitrary<(text: string) => string | Buffer> = fc.oneof(
  { weight: 12, arbitrary: fc.constant((text: string) => text) },
  fc.nat(40).map((length) => (text: string) => text.slice(0, length)),
  fc.constantFrom(
    () => '',
    (text: string) => `\ufeff${text}`,
    (text: string) => `${text}}`,
    (text: string) => text.replace('{', '{"__proto__":{"a":1},'),
    (text: string) => text.replace(/:[^,}]*/, ':1e999'),
    (text: string) => text.replace('{', '{"a":1,"a":2,'),
    (text: string) => Buffer.from(text, 'utf16le'),
    (text: string) => Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe])]),
    () => JSON.stringify(deep),
  ),
);

const contentTypes = fc.oneof(
  { weight: 12, arbitrary: fc.constant('application/json') },
  fc.constantFrom('text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'application/merge-patch+json'),
  fc.constantFrom(
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'json',
    '',
    'application/json; charset=utf-16',
  ),
);

const idempotencyKeys = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  fc.constantFrom('a', 'b', '', 'x'.repeat(300), 'ä'),
);

const queriesOf = ({ parameters = [] }: Operation): fc.Arbitrary<string> => {
  const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const value = fc.constantFrom('0', '1', '-1', '1.5', 'x', '', '9'.repeat(30), 'null', '%00', 'true');
  const pairs = fc.array(fc.tuple(fc.constantFrom(...(names.length > 0 ? names : ['x'])), value), { maxLength: 2 });
  return fc.oneof(
    { weight: names.length > 0 ? 0 : 6, arbitrary: fc.constant('') },
    { weight: names.length > 0 ? 6 : 1, arbitrary: pairs.map((some) => some.map((pair) => pair.join('=')).join('&')) },
    fc.constantFrom('x=1', '%', '__proto__=1'),
  );
};

const ids = fc.oneof(
  { weight: 10, arbitrary: fc.constant(known) },
  fc.constantFrom('nobody', 'north:p1', '__proto__', '0', 'A'.repeat(900), "' or 1=1--", 'ä😀'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 10 }),
);

/** The body of a form with a file, of which something is wrong, or is not. */
const forms: fc.Arbitrary<string> = fc
  .record({
    fields: fc.array(
      fc.tuple(
        fc.constantFrom('type', 'source', 'mode', 'mapping', 'dry_run', 'other', '__proto__', 'constructor'),
        fc.constantFrom(
          'patients',
          'robots',
          'upsert',
          'true',
          '',
          '{',
          '{"columns":1}',
          'none',
          '../x',
          '\0',
          'x'.repeat(5000),
        ),
      ),
      { maxLength: 3 },
    ),
    name: fc.constantFrom('a.csv', 'a.exe', '../../a.csv', '', '.csv', 'a.zip', 'a.csv.gz', 'con.csv', 'x'.repeat(500)),
    content: fc.constantFrom('', 'patient_id,age\nU1,65\n', 'a,b\n1\n', '\0\0', '"', 'PK\u0003\u0004', '\n\n'),
    field: fc.constantFrom('file', 'file', 'file', 'other'),
    end: fc.constantFrom('\r\n--x--\r\n', '\r\n--x--\r\n', '\r\n--x', ''),
  })
  .map(({ fields, name, content, field, end }) => {
    const part = (head: string, body: string) => `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}`;
    const before = fields.map(([key, value]) => `${part(`name="${key}"`, value)}\r\n`).join('');
    return `${before}${part(`name="${field}"; filename="${name}"`, content)}${end}`;
  });

/** What may be sent to an operation. */
export function wrongRequests(operation: Operation): fc.Arbitrary<WrongRequest> {
  const { schema } = jsonOf(operation) ?? {};
  const shown = shownBodies(operation);
  const names = [...new Set([...Object.keys(schema?.properties ?? {}), ...shown.flatMap((one) => Object.keys(one))])];
  const body = fc
    .tuple(fc.constantFrom(...(shown.length > 0 ? shown : [{}])), edits(names))
    .map(([example, changes]) => ({
      body: edited(example, changes) as unknown,
      unknown: changes.filter(([how]) => how === 'add').map(([, name]) => name),
    }));
  const whole = hostileValue.map((value) => ({ body: value, unknown: [] as string[] }));
  const isForm = operation.requestBody?.content['multipart/form-data'] !== undefined;
  const form = fc.record({
    payload: forms,
    unknown: fc.constant([]),
    type: fc.constant('multipart/form-data; boundary=x'),
  });
  const json = fc
    .tuple(fc.oneof({ weight: 8, arbitrary: body }, whole), spoilt, contentTypes)
    .map(([given, spoil, type]) => {
      const text = JSON.stringify(given.body) ?? '';
      const payload = spoil(text);
      const isWhole = payload === text && type === 'application/json';
      return { payload, unknown: isWhole ? given.unknown : [], type };
    });
  const nothing = fc.constant({ payload: undefined, unknown: [] as string[], type: '' });
  const sent = fc.oneof(
    { weight: isForm ? 3 : 0, arbitrary: form },
    { weight: operation.requestBody ? 12 : 2, arbitrary: json },
    { weight: operation.requestBody ? 1 : 6, arbitrary: nothing },
  );
  return fc
    .record({
      sender: fc.oneof({ weight: 12, arbitrary: fc.constant(senders[0]) }, fc.constantFrom(...senders.slice(1))),
      id: ids,
      query: queriesOf(operation),
      key: idempotencyKeys,
      sent,
    })
    .map(({ sender, id, query, key, sent: { payload, unknown, type } }) => ({
      ...{ sender, id, query, unknown },
      headers: { ...(type !== '' && { 'content-type': type }), ...(key !== undefined && { 'idempotency-key': key }) },
      ...(payload !== undefined && { payload }),
    }));
}
