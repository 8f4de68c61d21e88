// In which form a list is answered, by what whoever asks accepts: JSON unless another is liked better.
import Negotiator from 'negotiator';

/** The first is what everybody gets who likes them all the same, or none of them. */
export const mediaTypes = ['application/json', 'application/x-ndjson', 'text/csv'] as const;

export type MediaType = (typeof mediaTypes)[number];

/** @param accept The header Accept. */
export function mediaTypeOf(accept: string | undefined): MediaType {
  const liked = new Negotiator({ headers: { accept } }).mediaType([...mediaTypes]);
  return mediaTypes.find((type) => type === liked) ?? 'application/json';
}
