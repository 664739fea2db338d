import { facetAwareSegment } from '@skyware/bot';
// Not exported by the package: what its `post` finds links, handles and hashtags with.
import { detectFacetsWithoutResolution } from '@skyware/bot/dist/richtext/detectFacets.js';

/**
 * The posts that `@skyware/bot` makes of a text with `splitLongPost`, as far as it can be told
 * without the network, which it asks who a handle is.
 */
export function splitWithSkyware(text: string, most: number): string[] {
  const { facets } = detectFacetsWithoutResolution(text);
  return facetAwareSegment(text, most, facets).map((post) => post.text);
}
