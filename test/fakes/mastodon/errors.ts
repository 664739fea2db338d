/**
 * A refusal in Mastodon's own shape, `{error}`, with the words of its English locale.
 * https://docs.joinmastodon.org/entities/Error/
 * https://github.com/mastodon/mastodon/blob/main/app/controllers/concerns/api/error_handling.rb
 * https://github.com/mastodon/mastodon/blob/main/config/locales/en.yml
 */
export class MastodonError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const invalid = (why: string): MastodonError => new MastodonError(422, `Validation failed: ${why}`);

/** The refusals that the fake knows, one maker each. */
export const refusals = {
  badToken: () => new MastodonError(401, 'The access token is invalid'),
  revokedToken: () => new MastodonError(401, 'The access token was revoked'),
  scope: () => new MastodonError(403, 'This action is outside the authorized scopes'),
  disabled: () => new MastodonError(403, 'Your login is currently disabled'),
  noUser: () => new MastodonError(422, 'This method requires an authenticated user'),
  notFound: () => new MastodonError(404, 'Record not found'),
  replyNotFound: () =>
    new MastodonError(404, 'The post you are trying to reply to does not appear to exist.'),
  blank: () => invalid("Text can't be blank"),
  tooLong: (most: number) => invalid(`Text character limit of ${most} exceeded`),
  longDescription: (most: number) =>
    invalid(`Description is too long (maximum is ${most} characters)`),
  badFile: () => invalid('File content type is invalid, File is invalid'),
  largeFile: () => invalid('File must be less than 16 MB'),
  tooManyFiles: () => new MastodonError(422, 'Cannot attach more than 4 files'),
  mediaNotFound: (ids: readonly string[]) =>
    new MastodonError(422, `Media ${ids.join(', ')} not found or already attached to another post`),
  mediaNotReady: () =>
    new MastodonError(
      422,
      'Cannot attach files that have not finished processing. Try again in a moment!',
    ),
  badVisibility: (found: string) => invalid(`'${found}' is not a valid visibility`),
  tooMany: () => new MastodonError(429, 'Too many requests'),
  temporary: () =>
    new MastodonError(503, 'There was a temporary problem serving your request, please try again'),
} as const;
