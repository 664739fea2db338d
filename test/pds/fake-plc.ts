import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A directory of DIDs that forgets everything when it closes. */
export type FakePlc = { readonly url: string; close(): Promise<void> };

/** What a PDS sends to the directory when it makes or changes an account. */
type Operation = {
  readonly verificationMethods: Readonly<Record<string, string>>;
  readonly alsoKnownAs: readonly string[];
  readonly services: Readonly<Record<string, { type: string; endpoint: string }>>;
};

/**
 * Starts the part of the PLC directory that a PDS needs: it stores operations and answers with DID
 * documents, and checks no signature. The URL says `localhost`, as with 127.0.0.1 the PDS fails to
 * resolve DIDs and says nothing. The real one: https://web.plc.directory/api/redoc
 */
export async function startFakePlc(): Promise<FakePlc> {
  const operations = new Map<string, Operation>();
  const server = createServer(async (request, response) => {
    const [did = '', ...rest] = decodeURIComponent(request.url?.slice(1) ?? '').split('/');
    response.setHeader('content-type', 'application/json');
    if (request.method === 'POST') operations.set(did, (await json(request)) as Operation);
    const operation = operations.get(did);
    if (!operation) response.writeHead(404).end('{"message":"DID not registered"}');
    else response.end(JSON.stringify(answer(did, rest.join('/'), operation)));
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');

  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answer(did: string, view: string, operation: Operation): unknown {
  if (view === 'log/last') return operation;
  if (view === 'data') return { did, ...operation };
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    alsoKnownAs: operation.alsoKnownAs,
    verificationMethod: Object.entries(operation.verificationMethods).map(([name, key]) => ({
      id: `${did}#${name}`,
      type: 'Multikey',
      controller: did,
      publicKeyMultibase: key.replace('did:key:', ''),
    })),
    service: Object.entries(operation.services).map(([name, { type, endpoint }]) => ({
      id: `#${name}`,
      type,
      serviceEndpoint: endpoint,
    })),
  };
}
