import type { Finding } from '../finding.ts';
import { readOutline } from '../outline/read-outline.ts';
import type { Imported, ImportOptions } from '../text/import-text.ts';
import { readHtml } from './read-html.ts';

/**
 * Reads an issue from its page, its mail or a fragment of either. Never throws: whatever is wrong
 * is a finding. A page that does not hold the whole issue gives none.
 */
export function importHtml(
  source: string,
  { base, ...options }: ImportOptions & { readonly base?: string },
): Imported {
  const outline = readHtml(source, base);
  if (outline.isCut) return { issue: undefined, findings: [tooManyTags()] };
  const imported = readOutline(outline, options);
  if (!outline.isPaywalled) return imported;
  return { issue: undefined, findings: [paywalled(), ...imported.findings] };
}

/** The finding for a page whose rest is shown to paying readers alone. */
export function paywalled(): Finding {
  return {
    severity: 'error',
    code: 'source.paywalled',
    message: 'The page holds only the beginning of the issue; the rest is behind a paywall.',
    remedy: 'Import the mail of the issue, or the page saved while logged in.',
  };
}

function tooManyTags(): Finding {
  return {
    severity: 'error',
    code: 'source.too-many-tags',
    message: 'The page has more tags than an issue can have.',
    remedy: 'Import a page with one issue in it.',
  };
}
