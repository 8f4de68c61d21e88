import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress, requirePrivate, shownAddress } from '../../../src/engine/spark/address.js';
import { openSpark } from '../../../src/engine/spark/engine.js';

function refusal(address: string): string {
  try {
    parseAddress(address);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENGINE_ADDRESS' });
    return String(error);
  }
  throw new Error('It was accepted.');
}

describe('an address', () => {
  test.each([
    ['sc://spark', { host: 'spark', port: 15_002, tls: false, headers: {} }],
    ['sc://spark/', { host: 'spark', port: 15_002 }],
    ['SC://10.0.0.7:443/', { host: '10.0.0.7', port: 443, tls: false }],
    ['sc://[::1]:15002', { host: '[::1]', port: 15_002 }],
    ['sc://spark:1/;use_ssl=true', { tls: true, headers: {} }],
    ['sc://spark;user_id=ana;use_ssl=false', { tls: false, user: 'ana', headers: {} }],
    ['sc://spark/;x-a=1;x-b=a%20b%3B', { headers: { 'x-a': '1', 'x-b': 'a b;' } }],
  ])('%s is understood', (address, parts) => {
    expect(parseAddress(address)).toMatchObject(parts);
  });

  test('forwards what it does not know itself, as Databricks and EMR Serverless want it', () => {
    expect(
      parseAddress('sc://dbc.example:443/;token=dapi1;use_ssl=true;x-databricks-cluster-id=0123-456789-abc'),
    ).toEqual({
      host: 'dbc.example',
      port: 443,
      tls: true,
      token: 'dapi1',
      user: 'carelake',
      headers: { 'x-databricks-cluster-id': '0123-456789-abc' },
    });
    expect(parseAddress('sc://id.emr.example:443/;use_ssl=true;x-aws-proxy-auth=k%3D').headers).toEqual({
      'x-aws-proxy-auth': 'k=',
    });
  });

  test('with a token means TLS, but for this machine', () => {
    expect(parseAddress('sc://spark/;token=t').tls).toBe(true);
    expect(parseAddress('sc://localhost/;token=t').tls).toBe(false);
    expect(parseAddress('sc://127.0.0.1/;token=t;use_ssl=true').tls).toBe(true);
    expect(refusal('sc://spark/;token=sesame;use_ssl=false')).toMatch(/without TLS/);
    // Not every name that begins like this machine's is this machine.
    expect(parseAddress('sc://127.0.0.1.example/;token=t').tls).toBe(true);
  });

  test('with headers means TLS as well, which may be left away where they are no secret', () => {
    expect(parseAddress('sc://spark/;x-aws-proxy-auth=k').tls).toBe(true);
    expect(parseAddress('sc://localhost/;x-a=1').tls).toBe(false);
    expect(parseAddress('sc://spark/;x-a=1;use_ssl=false').tls).toBe(false);
    expect(parseAddress('sc://spark/;user_id=ana').tls).toBe(false);
  });

  test('without TLS is not sent what could be read on the way, but to this machine', async () => {
    const s3 = () => Promise.reject(new Error('The keys were asked for.'));
    const refused = { code: 'ENGINE_ADDRESS', message: expect.stringContaining('add use_ssl=true') };
    await expect(openSpark({ address: 'sc://spark.example:443', s3 })).rejects.toMatchObject(refused);
    expect(requirePrivate(parseAddress('sc://spark;use_ssl=true'), 'keys')).toBeUndefined();
    expect(requirePrivate(parseAddress('sc://127.0.0.1'), 'keys')).toBeUndefined();
  });

  test.each([
    'http://spark',
    'sc://',
    'sc:///;token=sesame',
    'sc://spark:0',
    'sc://spark:65536',
    'sc://spark:port',
    'sc://user@spark',
    'sc://spark/path',
    'sc://spark/;token',
    'sc://spark/;=sesame',
    'sc://spark/;token=',
    'sc://spark/;use_ssl=yes',
    'sc://spark/;x y=sesame',
    'sc://spark/;x-bin=sesame',
    'sc://spark/;x=sesame%0Ax-other',
    'sc://spark/;x=%',
    'sc://spark/;x=1;x=sesame',
    'sc://spark/;session_id=sesame',
  ])('%s is refused, without what may be secret in it', (address) => {
    expect(refusal(address)).not.toContain('sesame');
  });

  test('is shown without anything secret', () => {
    const word = fc.stringMatching(/^[a-z]{6,12}$/);
    fc.assert(
      fc.property(word, word, (token, header) => {
        const shown = shownAddress(parseAddress(`sc://h:1/;token=${token};user_id=${token};x-key=${header}`));
        expect(shown).toBe('sc://h:1');
      }),
    );
  });
});
