// The numbers of the published run that every first page asks for: counted once, and kept in the collection `analytics`, where
// they are found after a restart, by every server of the workspace, and by whoever reads the records with other tools.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body, Collection, CollectionDefinition, Document } from '../../records/documents.js';
import { codeVersion } from '../../version.js';
import { failureText } from '../failure-text.js';
import type { ServerParts } from '../parts.js';
import { runOf } from './answer.js';

interface KeptNumbers extends Body {
  readonly run: string;
  /** What counted them: other code counts anew. */
  readonly code: string;
  readonly numbers: Body;
}

/** One document for each question: of the run that it was last asked of. */
const analytics: CollectionDefinition<KeptNumbers> = { name: 'analytics', indexed: [] };

/** The folders whose code decides what is counted, and how it is told. */
const counting = ['analytics', 'catalog', 'server/answer', 'server/routes/api'];

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * What `count` counts in the run that the request reads, or what was kept of that. Nothing is kept where nothing was ever
     * written to the records: looking does not change that.
     * @param question A word for what is counted, the key of its document.
     */
    numbersOf<Of extends Body>(request: FastifyRequest, question: string, count: () => Promise<Of>): Promise<Of>;
  }
}

export function keepsNumbers(app: FastifyInstance, { knownRecords, report }: ServerParts): void {
  const keeping = new Set<Promise<void>>();
  let version: Promise<string> | undefined;

  /** Beside the answer, which needs no disk. Where another was quicker, what that one wrote stays. */
  function keep(kept: Collection<KeptNumbers>, key: string, body: KeptNumbers, old?: Document<KeptNumbers>): void {
    const written = old ? kept.replace(key, old.revision, body) : kept.insert(key, body);
    const over = written.then(
      () => undefined,
      (error) => report(failureText(error)),
    );
    keeping.add(over);
    void over.then(() => keeping.delete(over));
  }

  async function numbersOf<Of extends Body>(request: FastifyRequest, question: string, count: () => Promise<Of>) {
    version ??= codeVersion(...counting);
    const by = { run: runOf(request).manifest.id, code: await version };
    const kept = (await knownRecords())?.documents.collection(analytics);
    const old = await kept?.get(question);
    if (old?.body.run === by.run && old.body.code === by.code) return old.body.numbers as Of;
    const numbers = await count();
    if (kept) keep(kept, question, { ...by, numbers }, old);
    return numbers;
  }

  app.decorate('numbersOf', numbersOf);
  app.addHook('onClose', async () => {
    await Promise.all(keeping);
  });
}
