// OpenID Connect: which provider signs people in, and what its word makes of them here.
import type { Setting } from './setting.js';

export interface OidcConfig {
  /** The address of the provider; null where nobody signs in by one. */
  readonly oidcIssuer: string | null;
  readonly oidcClientId: string | null;
  readonly oidcClientSecret: string | null;
  /** The claim that says what somebody is there. */
  readonly oidcClaim: string;
  /** What its values are here: value and role. Empty leaves roles to administrators. */
  readonly oidcRoles: readonly (readonly [value: string, role: string])[];
  /** Of the addresses of mail that may sign in, in lower case; empty takes all. */
  readonly oidcDomains: readonly string[];
}

export const oidcSettings: { readonly [Key in keyof OidcConfig]: Setting<OidcConfig[Key], OidcConfig> } = {
  oidcIssuer: {
    name: 'CARELAKE_OIDC_ISSUER',
    meaning: 'The OpenID Connect provider that signs people in, beside their passwords.',
    form: 'its address, https://… (http:// only on this machine)',
    otherwise: 'none',
    read: (text) =>
      /^(https:[/][/]|http:[/][/](localhost|127[.][0-9.]+|\[::1\])([:/]|$))/.test(text) && URL.canParse(text)
        ? text
        : undefined,
    default: () => null,
  },
  oidcClientId: {
    name: 'CARELAKE_OIDC_CLIENT_ID',
    meaning: 'What the provider knows this server by.',
    form: 'a text',
    otherwise: 'none',
    read: (text) => text,
    default: () => null,
  },
  oidcClientSecret: {
    name: 'CARELAKE_OIDC_CLIENT_SECRET',
    meaning: 'What this server proves itself with to the provider.',
    secret: true,
    form: 'a text',
    otherwise: 'none: a public client, by PKCE alone',
    read: (text) => text,
    default: () => null,
  },
  oidcClaim: {
    name: 'CARELAKE_OIDC_CLAIM',
    meaning: 'The claim that says what somebody is, a text or a list of texts.',
    form: 'the name of a claim',
    otherwise: 'groups',
    read: (text) => text,
    default: () => 'groups',
  },
  oidcRoles: {
    name: 'CARELAKE_OIDC_ROLES',
    meaning: 'Which role each value of that claim gives; whoever has none of them is refused.',
    form: 'pairs such as care-admins=admin,doctors=clinician',
    otherwise: 'none: whoever is new has no role until an administrator gives one',
    read: (text) => {
      const pairs = text.split(',').map((pair) => /^\s*(.+?)\s*=\s*([a-z_]+)\s*$/.exec(pair));
      const found = pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? ''] as const);
      return pairs.every(Boolean) ? found : undefined;
    },
    default: () => [],
  },
  oidcDomains: {
    name: 'CARELAKE_OIDC_DOMAINS',
    meaning: 'Domains of the addresses of mail that may sign in.',
    form: 'domains such as hospital.example, separated by commas',
    otherwise: 'every one that the provider knows',
    read: (text) => {
      const domains = text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean);
      return domains.every((one) => /^[a-z0-9-]+([.][a-z0-9-]+)*$/.test(one)) ? domains : undefined;
    },
    default: () => [],
  },
};
