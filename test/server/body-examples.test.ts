// Every operation that takes a body shows one, of the shape that it takes.
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyHouse, type House } from './house.js';

interface Content {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
}

let house: House;
let bodies: { readonly name: string; readonly media: string; readonly content: Content }[];
beforeAll(async () => {
  house = await emptyHouse();
  const { paths } = await house.get<{ paths: Record<string, Record<string, Operation>> }>('/api/openapi.json');
  bodies = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { requestBody }]) =>
      Object.entries(requestBody?.content ?? {}).map(([media, content]) => ({
        ...{ name: `${method} ${path}`, media, content },
      })),
    ),
  );
});
afterAll(() => house.close());

const examplesOf = ({ example, examples = {} }: Content): unknown[] => [
  ...(example === undefined ? [] : [example]),
  ...Object.values(examples).map(({ value }) => value),
];

test('a body is shown wherever one is taken; of a form its parts are', () => {
  expect(bodies.length).toBeGreaterThan(25);
  const lacking = bodies.filter(({ content }) => examplesOf(content).length === 0);
  // A file is no text that could be shown.
  expect(lacking.map(({ name, media }) => `${name} ${media}`)).toEqual(['post /api/upload multipart/form-data']);
});

test('what is shown is of the shape that is taken', () => {
  for (const { name, content } of bodies) {
    const check = Compile(content.schema as Parameters<typeof Compile>[0]);
    for (const example of examplesOf(content)) expect([name, check.Errors(example).slice(0, 3)]).toEqual([name, []]);
  }
});
