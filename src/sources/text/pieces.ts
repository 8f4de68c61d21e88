// Pieces: files of numbered records of a size that can be landed while the next one is being read.
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';

/** A finished file of numbered text: UTF-8, no header, `row␟line␟lines␟` and the fields; lines end with LF. */
export interface Piece {
  /** `records`: what was accepted. `rejects`: reason and text of what was not. */
  readonly kind: 'records' | 'rejects';
  readonly path: string;
  /** U+001F between all fields, whatever the file itself has. */
  readonly delimiter: string;
  /** How many fields follow the three numbers. */
  readonly columns: number;
  readonly rows: number;
  readonly bytes: number;
  /** Values are quoted and may hold quotes and line ends: one thread has to read such a text. */
  readonly multiline: boolean;
}

/** Gathers the records of one kind into pieces of about `pieceBytes`. */
export class PieceWriter {
  readonly #shape: Pick<Piece, 'kind' | 'columns' | 'delimiter' | 'multiline'>;
  readonly #stem: string;
  readonly #pieceBytes: number;
  readonly #finished: (piece: Piece) => Promise<void>;
  #file: FileHandle | undefined;
  #path = '';
  #number = 0;
  #rows = 0;
  #bytes = 0;

  /** `stem` is the path of the pieces without their number. */
  constructor(
    shape: Pick<Piece, 'kind' | 'columns' | 'delimiter' | 'multiline'>,
    folder: string,
    stem: string,
    pieceBytes: number,
    finished: (piece: Piece) => Promise<void>,
  ) {
    this.#shape = shape;
    this.#stem = join(folder, stem);
    this.#pieceBytes = pieceBytes;
    this.#finished = finished;
  }

  /** Appends whole records. */
  async append(bytes: Buffer, rows: number): Promise<void> {
    if (rows === 0) return;
    if (!this.#file) {
      this.#path = `${this.#stem}-${this.#number++}.txt`;
      this.#file = await open(this.#path, 'wx');
    }
    await this.#file.writeFile(bytes);
    this.#rows += rows;
    this.#bytes += bytes.length;
    if (this.#bytes >= this.#pieceBytes) await this.finish();
  }

  /** Closes the piece that is open, if any, and hands it on. */
  async finish(): Promise<void> {
    if (!this.#file) return;
    await this.close();
    const piece = { ...this.#shape, path: this.#path, rows: this.#rows, bytes: this.#bytes };
    this.#rows = 0;
    this.#bytes = 0;
    await this.#finished(piece);
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }
}
