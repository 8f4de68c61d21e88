// What the OpenAPI document says of every operation beside its shape: who may ask, what is written down of it, its refusals.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { permissions } from '../../src/server/auth/permissions.js';
import { emptyHouse, type House } from './house.js';
import { type KnownRoute, routesOf } from './route-list.js';

interface Operation {
  readonly operationId: string;
  readonly description?: string;
  readonly 'x-permission': string;
  readonly 'x-roles': readonly string[];
  readonly 'x-audit': string;
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Text }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}

interface Text {
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

interface Content {
  readonly schema: { readonly $ref?: string };
  readonly examples?: Readonly<Record<string, { readonly $ref?: string }>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

let house: House;
let description: Description;
let described: (KnownRoute & { readonly operation: Operation })[];
beforeAll(async () => {
  house = await emptyHouse({ auth: 'on' });
  description = await house.get<Description>('/api/openapi.json');
  const routes = (await routesOf(house)).filter(({ method }) => method !== 'HEAD');
  described = routes.map((route) => {
    const operation = description.paths[route.url.replaceAll(/:([a-z]+)/g, '{$1}')]?.[route.method.toLowerCase()];
    if (!operation) throw new Error(`${route.method} ${route.url} is not described.`);
    return { ...route, operation };
  });
});
afterAll(() => house.close());

const codesOf = ({ responses }: Operation): string[] =>
  Object.values(responses).flatMap(({ content = {} }) =>
    Object.values(content).flatMap(({ examples = {} }) => Object.keys(examples)),
  );

test('every operation says which permission it needs, which roles have it, and what is written down of it', () => {
  expect(described.length).toBeGreaterThan(100);
  for (const { method, url, permission, audit = 'none', operation } of described) {
    const roles = permissions.find(({ name }) => name === permission)?.roles ?? [];
    const said = [operation['x-permission'], operation['x-audit'], operation['x-roles']];
    expect([method, url, ...said]).toEqual([method, url, permission, audit, roles]);
    const names = operation.security.flatMap((one) => Object.keys(one));
    const inPerson = permissions.find(({ name }) => name === permission)?.inPerson;
    expect([url, names]).toEqual([url, permission === 'open' ? [] : inPerson ? ['session'] : ['session', 'bearer']]);
  }
  expect(Object.keys(description.components.securitySchemes ?? {})).toEqual(['session', 'bearer']);
});

test('the cookie of a session is named as whoever reads the document is to send it', async () => {
  const { components } = await house.get<Description>('/api/openapi.json');
  expect(components.securitySchemes?.session).toMatchObject({
    name: expect.stringMatching(/^carelake_session_[0-9]+$/),
  });
});

test('a value in a path is never empty, and no longer than the router reads', () => {
  const params = described.flatMap(({ operation }) => operation.parameters ?? []).filter((one) => one.in === 'path');
  expect(params.length).toBeGreaterThan(30);
  for (const { schema } of params) {
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
    expect(schema.enum || schema.pattern || (minLength > 0 && maxLength <= 1000)).toBeTruthy();
  }
});

test('every operation that is not open refuses strangers and other roles by a code, and none refuses by nothing', () => {
  for (const { method, url, permission, operation } of described) {
    const codes = codesOf(operation);
    const expected = permission === 'open' ? [] : ['SIGN_IN_REQUIRED', 'FORBIDDEN'];
    expect([method, url, codes]).toEqual([method, url, expect.arrayContaining(expected)]);
    expect([method, url, codes.length > 0]).toEqual([method, url, true]);
  }
});

test('every operation has an id of its own, and what has a tag may be unchanged', () => {
  const ids = described.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(['getPatientsIdHistory', 'postPatient', 'getMetrics']));
  expect(description.paths['/api/patients/{id}']?.get?.responses).toHaveProperty('304.description');
  expect(description.paths['/api/patients/{id}']?.get?.responses).not.toHaveProperty('304.content');
});

test('every POST that may be sent again names the header for it', () => {
  const posts = described.filter(({ method }) => method === 'POST');
  const without = posts.filter(
    ({ operation }) => !operation.parameters?.some(({ name }) => name === 'idempotency-key'),
  );
  // Of strangers nothing is kept, and the others say so.
  for (const { operation } of without) expect(operation.description).toContain('`Idempotency-Key` is not looked at');
  const named = ['link', 'link/owner', 'sign-in', 'token/revoke'].map((what) => `/api/auth/${what}`);
  expect(without.map(({ url }) => url).sort()).toEqual(named);
});

test('problems and their examples stand in the document once', () => {
  for (const { operation } of described) {
    for (const { content = {} } of Object.values(operation.responses)) {
      const problem = content['application/problem+json'];
      if (!problem) continue;
      expect(problem.schema.$ref).toBe('#/components/schemas/Problem');
      for (const [code, { $ref }] of Object.entries(problem.examples ?? {})) {
        expect($ref).toBe(`#/components/examples/${code}`);
        expect(description.components.examples?.[code]).toMatchObject({ value: { code } });
      }
    }
  }
});
