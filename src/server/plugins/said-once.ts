// What a problem looks like, and the example of each code, moved to where a description says things once: they would else stand in
// it some hundred times.
interface Problem {
  schema: object;
  examples?: Record<string, object>;
}

export interface Described {
  readonly paths?: Record<string, Record<string, { responses: Record<string, { content?: Record<string, Problem> }> }>>;
  readonly components?: Record<string, Record<string, object>>;
}

export function sayOnce(document: Described): Described {
  const examples: Record<string, object> = {};
  let problem: object = {};
  for (const operation of Object.values(document.paths ?? {}).flatMap((operations) => Object.values(operations))) {
    for (const { content } of Object.values(operation.responses)) {
      const own = content?.['application/problem+json'];
      if (!own) continue;
      problem = own.schema;
      own.schema = { $ref: '#/components/schemas/Problem' };
      Object.assign(examples, own.examples);
      const names = Object.keys(own.examples ?? {});
      if (own.examples)
        own.examples = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/examples/${name}` }]));
    }
  }
  const { components } = document;
  return {
    ...document,
    components: { ...components, examples, schemas: { ...components?.schemas, Problem: problem } },
  };
}
