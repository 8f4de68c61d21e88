// How much of a file is read from disk, or inflated, at a time.

/** In bytes: larger gains nothing, smaller costs turns of the event loop. */
export const CHUNK_BYTES = 1024 * 1024;
