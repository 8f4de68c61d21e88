// The pieces of one text: three kinds grow side by side, and a finished one is landed while reading goes on.
import { SEPARATOR } from './bytes.js';
import type { Taken } from './output.js';
import { type Piece, PieceWriter } from './pieces.js';
import { type Reject, rejectsText } from './reject.js';
import type { RecordScanner } from './scanner.js';

const PIECE_BYTES = 128 * 1024 * 1024;

export interface PieceOptions {
  /** An existing folder for the pieces; whoever is given a piece removes it. */
  readonly folder: string;
  /** The start of the pieces' names, for texts that share a folder. */
  readonly name: string;
  /**
   * Takes a finished piece. Reading goes on meanwhile up to the end of the next piece; a rejected promise ends the
   * reading, and all are settled when the reading ends.
   */
  readonly onPiece: (piece: Piece) => Promise<void>;
  /** How large a piece grows, in bytes; 128 MiB unless given. */
  readonly pieceBytes?: number;
}

export class PieceSet {
  readonly #bare: PieceWriter;
  readonly #quoted: PieceWriter;
  readonly #rejects: PieceWriter;
  readonly #onPiece: (piece: Piece) => Promise<void>;
  #writing: Promise<void> = Promise.resolve();
  #landing: Promise<void> = Promise.resolve();

  constructor(columns: number, { folder, name, onPiece, pieceBytes = PIECE_BYTES }: PieceOptions) {
    this.#onPiece = onPiece;
    const delimiter = String.fromCharCode(SEPARATOR);
    const writer = (label: string, shape: Pick<Piece, 'kind' | 'columns' | 'multiline'>) =>
      new PieceWriter({ ...shape, delimiter }, folder, `${name}-${label}`, pieceBytes, (piece) => this.#hand(piece));
    this.#bare = writer('bare', { kind: 'records', columns, multiline: false });
    this.#quoted = writer('quoted', { kind: 'records', columns, multiline: true });
    this.#rejects = writer('rejects', { kind: 'rejects', columns: 2, multiline: true });
  }

  /** Takes what the scanner has ready; it is written while the scanner goes on. */
  async append(scanner: RecordScanner): Promise<void> {
    await this.#writing;
    const bare = scanner.bare.take();
    const quoted = scanner.quoted.take();
    const rejects = scanner.rejects.splice(0);
    this.#writing = this.#write(bare, quoted, rejects);
    // The failure is met where the writing is awaited next.
    this.#writing.catch(() => undefined);
  }

  async #write(bare: Taken, quoted: Taken, rejects: readonly Reject[]): Promise<void> {
    await this.#bare.append(bare.bytes, bare.records);
    await this.#quoted.append(quoted.bytes, quoted.records);
    if (rejects.length > 0) await this.#rejects.append(rejectsText(rejects), rejects.length);
  }

  /** Hands on what is left and waits until every piece is landed. */
  async finish(): Promise<void> {
    await this.#writing;
    await this.#bare.finish();
    await this.#quoted.finish();
    await this.#rejects.finish();
    await this.#landing;
  }

  /** Closes the files, whatever happened. */
  async close(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await Promise.all([this.#bare.close(), this.#quoted.close(), this.#rejects.close()]);
    await this.#landing.catch(() => undefined);
  }

  async #hand(piece: Piece): Promise<void> {
    await this.#landing;
    this.#landing = this.#onPiece(piece);
    // The failure is met where the landing is awaited next.
    this.#landing.catch(() => undefined);
  }
}
