// What the table says of a coded error.

export interface ErrorEntry {
  /** HTTP status when the error answers a request. */
  readonly status: number;
  /** Exit status of the command line: 1 failed, 2 wrong use. */
  readonly exit: 1 | 2;
  readonly title: string;
  /** What would be right, or what to do next. */
  readonly fix: string;
}
