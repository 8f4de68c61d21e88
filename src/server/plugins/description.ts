// The interface described, from the schemas of its routes: for programs at /api/openapi.json, for people at /api/docs.
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest, FastifySchema } from 'fastify';
import { version } from '../../version.js';
import { nameOf } from '../auth/cookies.js';
import { describedRoute, securitySchemes } from './described-route.js';
import { type Described, sayOnce } from './said-once.js';

export async function describesItself(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    transform: ({ schema, url, route }) => ({
      url,
      schema: describedRoute(schema ?? {}, route, app.parts.auth === 'on') as FastifySchema,
    }),
    transformObject: (document) => sayOnce(('openapiObject' in document ? document.openapiObject : {}) as Described),
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Carelake',
        version,
        description: 'The tables and numbers of the published run. Every part of an answer comes from one run.',
      },
      ...(app.parts.auth === 'on' && { components: { securitySchemes } }),
      tags: [
        { name: 'numbers', description: 'What is counted over the published tables' },
        { name: 'rows', description: 'The published tables row by row' },
        { name: 'records', description: 'What people type: created, changed, deleted, with its history' },
        { name: 'de-identified', description: 'The published tables row by row, of nobody in particular' },
        { name: 'runs', description: 'The state of the workspace, and how good its data is' },
        { name: 'lineage', description: 'Where rows and numbers come from' },
        { name: 'sign-in', description: 'Who one is to this server: sessions, passwords, links' },
        { name: 'users', description: 'Who may sign in, and the keys of their programs' },
        { name: 'uploads', description: 'Files that are sent, how they are read, and what became of them' },
        { name: 'drafts', description: 'Half-filled forms, for whoever fills them in' },
        { name: 'worklist', description: 'Patients who are to be seen to, by whom, and what became of it' },
        { name: 'audit', description: 'Who did what to whose rows' },
        { name: 'predictions', description: 'What the models say of a patient, and what is to be known of them' },
        { name: 'catalog', description: 'What there is to ask for' },
      ],
    },
  });
  await app.register(page);
  app.get('/api/openapi.json', { schema: { hide: true }, config: { permission: 'open' } }, async (request) =>
    namingCookie(app.swagger() as object, request),
  );
}

/** Programs that are made from the document send the cookie that it names: it is that of where they reach this server. */
function namingCookie(document: Pick<Described, 'components'>, request: FastifyRequest): object {
  const { securitySchemes } = document.components ?? {};
  if (!securitySchemes?.session) return document;
  const session = { ...securitySchemes.session, name: nameOf('session', request) };
  return { ...document, components: { ...document.components, securitySchemes: { ...securitySchemes, session } } };
}

/** The page and its parts come from the package that serves them: nothing of them is data of ours. */
const page: FastifyPluginAsync = async (scope) => {
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, permission: 'open', audit: 'none' };
  });
  await scope.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { layout: 'BaseLayout', docExpansion: 'list', tryItOutEnabled: false },
    theme: { title: 'Carelake: the HTTP interface' },
    transformSpecification: namingCookie,
    transformSpecificationClone: false,
  });
};
