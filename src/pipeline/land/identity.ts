// What, beside the content of its files, tells one batch from another: how they are read.
import type { IngestOptions, Source } from '../../sources/source.js';
import type { Batch, Mode } from '../batch.js';

export interface IngestRequest extends IngestOptions {
  readonly paths: readonly string[];
  readonly from?: string;
  /** The name-space of the rows. */
  readonly source?: string;
  readonly mode?: Mode;
  readonly demo?: true;
}

/** How files are read: what, beside their content, tells one batch from another. */
export type Identity = Pick<Batch, 'from' | 'readerVersion' | 'source' | 'mode' | 'as' | 'mapping' | 'demo'>;

export const identityOf = (request: IngestRequest, reader: Source): Identity => ({
  from: reader.name,
  readerVersion: reader.version,
  source: request.source ?? reader.nameSpace,
  mode: request.mode ?? 'upsert',
  ...(request.as !== undefined && { as: request.as }),
  ...(request.mapping && { mapping: request.mapping }),
  ...(request.demo && { demo: true }),
});

export const identityText = ({ from, readerVersion, source, mode, as, mapping }: Identity): string =>
  JSON.stringify([from, readerVersion, source, mode, as ?? null, mapping ?? null]);
