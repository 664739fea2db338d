/** Stands in for `@atproto/aws`: the test PDS keeps its keys and blobs on the local disk. */
export class KmsKeypair {
  constructor() {
    throw notHere('KmsKeypair');
  }

  static load() {
    throw notHere('KmsKeypair');
  }
}

/** As above, for blobs. */
export class S3BlobStore {
  constructor() {
    throw notHere('S3BlobStore');
  }

  static creator() {
    throw notHere('S3BlobStore');
  }
}

function notHere(name) {
  return new Error(`Cannot use ${name} as the test PDS has no AWS: see test/pds/stubs/aws`);
}
