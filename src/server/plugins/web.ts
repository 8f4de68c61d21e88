// The built web app: its files, and index.html for the addresses that the app itself makes pages of.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import files from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { CarelakeError } from '../../errors.js';
import { noncesOf } from './security.js';

/** Stand in index.html where the nonces of the answer belong: that of its scripts, and that of styles made in the page. */
const nonceMark = '__CSP_NONCE__';
const styleNonceMark = '__CSP_STYLE_NONCE__';

/** @param folder The built app; where there is none, every page says so. */
export async function servesWeb(app: FastifyInstance, folder: string): Promise<void> {
  const index = join(folder, 'index.html');
  const built = existsSync(index);
  const assets: FastifyPluginAsync = async (scope) => {
    scope.addHook('onRoute', openToAll);
    await scope.register(files, {
      root: folder,
      index: false,
      cacheControl: false,
      allowedPath: (path) => path !== '/index.html',
      // Names in this folder hold the hash of their content.
      setHeaders: (reply, path) => {
        const kept = path.startsWith(join(folder, 'assets') + sep);
        reply.header('cache-control', kept ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  };
  if (built) {
    await app.register(assets);
    app.get('/', { schema: { hide: true }, config: ofTheApp }, page);
  }

  async function page(_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { script, style } = noncesOf(reply);
    const html = built
      ? (await readFile(index, 'utf8')).replaceAll(nonceMark, script).replaceAll(styleNonceMark, style)
      : notBuilt;
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html);
  }

  app.setNotFoundHandler(async (request, reply) => {
    if (isPage(request)) return page(request, reply);
    const [path = ''] = request.url.split('?', 1);
    throw new CarelakeError('PATH_NOT_FOUND', `There is nothing at ${path.slice(0, 200)}.`);
  });
}

/** The app itself holds nothing of anybody and is only read from the disk; what it shows it asks for. */
const ofTheApp = { permission: 'open', whileBusy: true } as const;

function openToAll(route: RouteOptions): void {
  route.config = { ...route.config, ...ofTheApp };
}

/** Whether a browser asks for a page, which only the app can know, and not for data or one of its files. */
function isPage({ method, url, headers }: FastifyRequest): boolean {
  const asked = method === 'GET' || method === 'HEAD';
  return asked && !/^\/(api|assets)(\/|$|\?)/.test(url) && (headers.accept ?? '').includes('text/html');
}

const notBuilt = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Carelake: the web app is not built</title>
  </head>
  <body>
    <h1>The web app is not built</h1>
    <p>Carelake runs and answers at <a href="/api/health">/api/health</a>, but this installation has no web app.</p>
    <p>In a checkout, build it with <code>npm run build</code> and start <code>carelake serve</code> again.</p>
  </body>
</html>
`;
