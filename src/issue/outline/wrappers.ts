/** A service that leads its readers on by an address of its own, which says who clicked. */
type Wrapper = { readonly host: RegExp; readonly path: RegExp };

const ANY = /^/;
const EVERY = /./;

/**
 * Redirects that do not say where they lead. Such an address was made for one subscriber: whoever
 * opens it is counted as that person, and may end on that person's settings. It must never be
 * posted. The first ones are services by their hosts; the last are what these services write where
 * a newsletter lends them its own host ("link.mail.example.org").
 */
const OPAQUE: readonly Wrapper[] = [
  // beehiiv
  { host: /^(?:link\.mail|flight|clicks?|email)\.beehiiv\.(?:com|net)$/, path: ANY },
  // Substack
  { host: /(?:^|\.)substack\.com$/, path: /^\/redirect\/./ },
  { host: /^email\.mg\d*\.substack\.com$/, path: ANY },
  // Mailchimp, Mandrill
  { host: /(?:^|\.)(?:list-manage\d*\.com|mailchi\.mp)$/, path: /^\/track\// },
  { host: /(?:^|\.)mandrillapp\.com$/, path: /^\/track\// },
  // SendGrid
  { host: /(?:^|\.)ct\.sendgrid\.net$/, path: ANY },
  // Kit, once ConvertKit
  { host: /^(?:[\w-]+\.)*(?:convertkit-mail\d*|kit-mail\d*)\.com$/, path: ANY },
  { host: /(?:^|\.)ckarchive\.com$/, path: ANY },
  // Amazon SES, HubSpot, Postmark, Klaviyo, MailerLite, Brevo, Customer.io, Campaign Monitor
  { host: /(?:^|\.)awstrack\.me$/, path: ANY },
  { host: /(?:^|\.)(?:hubspotlinks\.com|hubspotemail\.net|hs-sites-email\.net)$/, path: ANY },
  { host: /^click\.pstmrk\.it$/, path: ANY },
  { host: /(?:^|\.)(?:klclick\d*\.com|klaviyomail\.com)$/, path: ANY },
  { host: /^(?:clicks?|track)\.(?:mlsend\d*|mlsnd|mailerlite)\.com$/, path: ANY },
  { host: /(?:^|\.)(?:sendibt\d*|sendibm\d*)\.com$/, path: ANY },
  { host: /^e\.customeriomail\.com$/, path: ANY },
  { host: /(?:^|\.)cmail\d+\.com$/, path: ANY },
  // On hosts of the newsletter's own: SendGrid's and beehiiv's clicks, Mailgun's, Brevo's
  { host: EVERY, path: /^\/(?:ss\/c|ls\/click|wf\/click|tr\/cl)(?:\/|$)/ },
  { host: /^email\./, path: /^\/c\/./ },
];

/** True for an address that leads elsewhere without saying where. Expects a parsed http(s) URL. */
export function isOpaqueWrapper({ hostname, pathname }: URL): boolean {
  return OPAQUE.some(({ host, path }) => host.test(hostname) && path.test(pathname));
}
