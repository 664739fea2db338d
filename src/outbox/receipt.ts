/** Where a post went: enough to find it again, to link to it and to prove it. */
export type PostReceipt = {
  /** AT URI, message id, or path of a file. */
  readonly id: string;
  /** The content hash that the platform returned, where it has one. */
  readonly cid?: string;
  /** The thread of a forum that it is in: that thread's id. */
  readonly threadId?: string;
  /** A page on which a person can see it. */
  readonly url?: string;
};

/** The platform's proof that a whole draft is in place, one entry a post, in order. */
export type Receipt = { readonly posts: readonly PostReceipt[] };
