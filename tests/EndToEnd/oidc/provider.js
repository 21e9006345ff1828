// An identity provider on this machine for the end-to-end tests: node provider.js <port> <Fleet's address>. Any password will do; who somebody is, the name
// says. Each start makes keys of its own, so that a second start is a roll-over.
import { generateKeyPairSync } from 'node:crypto';
import { Provider } from 'oidc-provider';

const [port, fleet] = process.argv.slice(2);

const people = {
  ines: { name: 'Ines Beispiel', groups: ['fleet-it', 'everybody'] },
  hanna: { name: 'Hanna Beispiel', groups: 'fleet-hr' },
  nobody: { name: 'Nico Niemand', groups: ['everybody'] },
  clara: { name: 'Clara Beispiel', _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://groups.invalid/clara' } } },
};

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: 'fleet',
    client_secret: 'the-secret-of-fleet',
    token_endpoint_auth_method: 'client_secret_post',
    redirect_uris: [`${fleet}/auth/oidc/callback`],
    post_logout_redirect_uris: [`${fleet}/auth/oidc/signed-out`],
  }],
  jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256', kid: `key-${Date.now()}` }] },
  cookies: { keys: ['of the tests alone'] },
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'] },
  pkce: { required: () => true },
  // A test's own suffix keeps its account apart: ines.7 is an Ines.
  findAccount: (ctx, id) => {
    const { name, ...claims } = people[id.split('.')[0]] ?? {};
    return name && { accountId: id, claims: () => ({ sub: id, preferred_username: id, name, ...claims }) };
  },
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
