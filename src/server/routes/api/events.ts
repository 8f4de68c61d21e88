// GET /api/events: what changes, as server-sent events, for as long as somebody listens.
import { PassThrough } from 'node:stream';
import { Type } from 'typebox';
import { CarelakeError } from '../../../errors.js';
import { type Change, openChanges } from '../../changes.js';
import { looksElsewhere } from '../../changes-elsewhere.js';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';

/** Each holds a connection. */
const mostListeners = 100;

/** Of one user, by all that is signed in as them: nobody can take the places of all others. */
const mostOfOne = 10;

/** In bytes. */
const mostUnread = 2 ** 18;

/** A comment from time to time tells a proxy, and us, that somebody is still there. */
const beatMs = 15_000;

/** Whoever listens asks anew after it, and is let in only if they still may. */
const longestMs = 300_000;

const example = 'event: entry\ndata: {"kind":"create","table":"patients","sequence":42}\n\n';

export const events: Route = async (app) => {
  /** By whose they are. */
  const streams = new Map<PassThrough, string>();
  const told = openChanges();
  app.changes.listen(told.tell);
  let looking: AbortController | undefined;
  const lookWhereHeard = () => {
    if (streams.size > 0 && !looking) {
      looking = new AbortController();
      void looksElsewhere(app, told.tell, looking.signal);
    } else if (streams.size === 0) {
      looking?.abort();
      looking = undefined;
    }
  };
  app.addHook('preClose', async () => {
    looking?.abort();
    for (const stream of streams.keys()) stream.end();
  });
  const schema = {
    tags: ['records'],
    summary: 'What changes, as server-sent events',
    description:
      '`event: entry` tells of each write, `{ "kind", "table", "sequence" }`; `event: run` of the state of the runs, as `now` in /api/runs; `event: upload` of a file that has landed, `{ "id", "state" }`. What other processes change, as servers on the same records or a run of the command line, follows within some two seconds (entries, and `run` with the published one); an entry may be told twice. None names a patient: whoever wants to know more asks the paths that may tell.',
    response: {
      200: {
        description: 'Events',
        content: { 'text/event-stream': { schema: Type.String({ examples: [example] }) } },
      },
      ...refusals('SERVER_BUSY'),
    },
  };
  app.get(
    '',
    { schema, config: { permission: 'numbers:read', audit: 'none', unattended: true }, compress: false },
    async ({ actor: { name, kind } }, reply) => {
      const own = [...streams.values()].filter((one) => one === name).length;
      if (kind !== 'process' && own >= mostOfOne)
        throw new CarelakeError('SERVER_BUSY', `${name} listens ${own} times already.`);
      if (streams.size >= mostListeners) throw new CarelakeError('SERVER_BUSY', `${mostListeners} listen already.`);
      const stream = new PassThrough();
      const say = ({ event, data }: Change) => {
        // Who does not read on is let go, and asks anew.
        if (stream.writableLength > mostUnread) stream.end();
        else stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      };
      const end = told.listen(say);
      const beat = setInterval(() => stream.write(': \n\n'), beatMs);
      const over = setTimeout(() => stop(), longestMs);
      const stop = () => {
        end();
        clearInterval(beat);
        clearTimeout(over);
        streams.delete(stream);
        lookWhereHeard();
        stream.end();
      };
      streams.set(stream, name);
      lookWhereHeard();
      stream.once('close', stop);
      reply.raw.once('close', stop);
      stream.write('retry: 2000\n\n');
      return reply.header('x-accel-buffering', 'no').type('text/event-stream; charset=utf-8').send(stream);
    },
  );
};
