// What a setting is: its name, what it means, the form of its values, and how a value is read.

/** @typeParam Before What was read before it, of which a default may be made. */
export interface Setting<Value, Before> {
  /** Its name in the environment and in `.env`. */
  readonly name: `CARELAKE_${string}`;
  /** The flag of the command line that sets it, where there is one. */
  readonly flag?: `--${string}`;
  readonly meaning: string;
  /** Its value is shown to nobody, and may stand in the file that NAME_FILE gives. */
  readonly secret?: true;
  /** The form of its values, to complete "It must be …". */
  readonly form: string;
  /** The default as a person would say it. */
  readonly otherwise: string;
  /** Undefined where the text is not of the form; `folder` is what a relative path starts from. */
  readonly read: (text: string, folder: string, surroundings: WellKnown, before: Partial<Before>) => Value | undefined;
  readonly default: (folder: string, before: Partial<Before>, surroundings: WellKnown) => Value;
}

/** The value of a well-known name such as AWS_ENDPOINT_URL, where it has one. */
export type WellKnown = (name: string) => string | undefined;
