/** What became of a request. */
export type Fetched =
  | {
      readonly kind: 'fetched';
      /** Where the content was found, after redirects. */
      readonly url: string;
      readonly bytes: Uint8Array;
      /** The media type, in lower case and without parameters. */
      readonly mediaType: string | undefined;
      readonly etag: string | undefined;
      readonly lastModified: string | undefined;
    }
  /** The server says that nothing has changed since the validators were given. */
  | { readonly kind: 'unchanged' }
  | Refused
  | Unavailable;

/** A person must act: the address is not allowed, or the server does not have it. */
export type Refused = {
  readonly kind: 'refused';
  readonly reason: string;
  readonly remedy: string;
};

/** Another time it may work; the server may have said when. */
export type Unavailable = {
  readonly kind: 'unavailable';
  readonly reason: string;
  readonly retryAfterMs: number | undefined;
};

export type FetchOptions = {
  /** The validators of the last answer: what has not changed since is not sent again. */
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly signal?: AbortSignal;
};

/** Gets what is at an address. Never rejects. */
export type Fetch = (url: string, options?: FetchOptions) => Promise<Fetched>;
