// The token of the session, which everything but reading must bear (X-CSRF-Token): kept in this page's memory alone.

/** What the server says of the session, as far as this is concerned. */
export interface Bearer {
  readonly csrf_token: string | null;
  readonly user: { readonly name: string } | null;
}

let known: Bearer = { csrf_token: null, user: null };

export const csrfToken = (): string | null => known.csrf_token;

export function keepToken(bearer: Bearer): void {
  known = bearer;
}

/** Whether it is the one who is known here, who may have signed in anew in another page. */
export const isSameUser = ({ user }: Bearer): boolean => user !== null && user.name === known.user?.name;
