// The provider of OpenID Connect: found by its address, asked for a code with PKCE, and its word on who somebody is. Nothing but the
// address of the setting, and those that it names itself, is ever asked.
import * as client from 'openid-client';
import type { OidcConfig } from '../../../config/oidc.js';
import { CarelakeError } from '../../../errors.js';
import { roles as allRoles, type Role } from '../../../records/directory/role.js';

export interface Person {
  readonly issuer: string;
  readonly subject: string;
  /** Their address of mail, which the provider has verified. */
  readonly name: string;
  /** Undefined where the settings leave roles to administrators. */
  readonly roles: readonly Role[] | undefined;
}

export interface Provider {
  /** Its host, by which people know it. */
  readonly host: string;
  begin(redirect: string): Promise<{ url(state: string): URL; nonce: string; verifier: string }>;
  /** @param callback The address that the provider sent the browser to. @throws OIDC_REFUSED, OIDC_UNREACHABLE */
  finish(callback: URL, checks: { state: string; nonce: string; verifier: string }): Promise<Person>;
}

/** In seconds. */
const patience = 10;

/** Undefined where there is none. @throws OIDC_SETTINGS */
export function openProvider(config: OidcConfig): Provider | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: secret } = config;
  if (issuer === null) return undefined;
  if (clientId === null) throw new CarelakeError('OIDC_SETTINGS', 'CARELAKE_OIDC_CLIENT_ID is not set.');
  const unknown = config.oidcRoles.find(([, role]) => !isRole(role));
  if (unknown) throw new CarelakeError('OIDC_SETTINGS', `CARELAKE_OIDC_ROLES names ${unknown[1]}, which is no role.`);
  const insecure = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
  let found: Promise<client.Configuration> | undefined;

  function provider(): Promise<client.Configuration> {
    found ??= client.discovery(
      new URL(issuer as string),
      clientId as string,
      undefined,
      secret === null ? client.None() : client.ClientSecretBasic(secret),
      // The signature of what it says is always checked, though it comes from the provider itself.
      { execute: [...insecure, client.enableNonRepudiationChecks], timeout: patience },
    );
    return found.catch((cause: unknown) => {
      found = undefined;
      throw new CarelakeError('OIDC_UNREACHABLE', `${issuer} does not describe itself.`, { cause });
    });
  }

  return {
    host: new URL(issuer).host,
    async begin(redirect) {
      const server = await provider();
      const nonce = client.randomNonce();
      const verifier = client.randomPKCECodeVerifier();
      const challenge = await client.calculatePKCECodeChallenge(verifier);
      const url = (state: string) =>
        client.buildAuthorizationUrl(server, {
          ...{ redirect_uri: redirect, scope: 'openid email profile', response_type: 'code', state, nonce },
          ...{ code_challenge: challenge, code_challenge_method: 'S256' },
        });
      return { url, nonce, verifier };
    },
    async finish(callback, { state, nonce, verifier }) {
      const server = await provider();
      try {
        const tokens = await client.authorizationCodeGrant(server, callback, {
          ...{ pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
        });
        const said = tokens.claims();
        if (!said) throw new CarelakeError('OIDC_REFUSED', 'The provider said nothing about who signed in.');
        const asks = said.email === undefined && server.serverMetadata().userinfo_endpoint !== undefined;
        const more = asks ? await client.fetchUserInfo(server, tokens.access_token, said.sub) : {};
        return personOf({ ...more, ...said }, server.serverMetadata().issuer, config);
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
}

function refusalOf(error: unknown): CarelakeError {
  if (error instanceof CarelakeError) return error;
  // What is wrong is told by its code, since messages may quote what was sent.
  const { code = 'unknown', error: said } = error as { code?: string; error?: string };
  const reached = !(error instanceof TypeError) && code !== 'OAUTH_TIMEOUT';
  if (!reached) return new CarelakeError('OIDC_UNREACHABLE', 'The provider does not answer.', { cause: error });
  const why = /^[a-z_]{1,40}$/.test(said ?? '') ? said : code;
  return new CarelakeError('OIDC_REFUSED', `What the provider sent is not taken: ${why}.`, { cause: error });
}

interface Claims {
  readonly sub: string;
  readonly email?: unknown;
  readonly email_verified?: unknown;
  readonly [claim: string]: unknown;
}

/** @throws OIDC_REFUSED */
function personOf(claims: Claims, issuer: string, { oidcClaim, oidcRoles, oidcDomains }: OidcConfig): Person {
  const { sub, email, email_verified: verified } = claims;
  if (typeof email !== 'string' || verified !== true) {
    throw new CarelakeError('OIDC_REFUSED', 'The provider names no verified address of mail.');
  }
  const name = email.toLowerCase();
  if (oidcDomains.length > 0 && !oidcDomains.includes(name.slice(name.lastIndexOf('@') + 1))) {
    throw new CarelakeError('OIDC_REFUSED', 'Addresses of that domain may not sign in here.');
  }
  const values = [claims[oidcClaim]].flat();
  const given = oidcRoles.flatMap(([value, role]) => (values.includes(value) && isRole(role) ? [role] : []));
  if (oidcRoles.length > 0 && given.length === 0) {
    throw new CarelakeError('OIDC_REFUSED', `Nothing in ${oidcClaim} gives a role here.`);
  }
  return { issuer, subject: sub, name, roles: oidcRoles.length > 0 ? [...new Set(given)] : undefined };
}

const isRole = (text: string): text is Role => (allRoles as readonly string[]).includes(text);
