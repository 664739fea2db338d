import { z } from 'zod';
import { setting } from './setting.ts';
import type { Variables } from './variables.ts';

/** Where health and metrics are served. */
export type Http = { readonly host: string; readonly port: number };

const DEFAULT_PORT = 8080;
/** This machine alone: who it is shown to beyond is for the operator to say. */
const DEFAULT_HOST = '127.0.0.1';
const port = 'must be a port from 0 (any that is free) to 65535, for example 8080';

/** `http` in `paperboy.yaml`. */
export const httpSchema = setting(
  z
    .strictObject({
      port: setting(z.int({ error: port }).min(0, port).max(65_535, port).default(DEFAULT_PORT), {
        description: 'The port; 0 for any that is free.',
      }),
      host: setting(
        z
          .string()
          .regex(
            /^[^\s/]+$/,
            'must be an address of this machine, for example 127.0.0.1 or 0.0.0.0',
          )
          .default(DEFAULT_HOST),
        {
          description:
            'The address of this machine that is listened at: by default what runs on the machine itself is answered, and nobody else.',
          examples: ['0.0.0.0'],
        },
      ),
    })
    .optional(),
  {
    description:
      'Serves `/healthz`, `/readyz` and `/metrics`; nothing is served where it is left out. PAPERBOY_HTTP_PORT and PAPERBOY_HTTP_HOST win.',
  },
);

const days = 'must be a whole number of days, 30 at least, for example 400';

/** `keep` in `paperboy.yaml`: for how long what is past is kept. */
export const keepSchema = setting(
  z
    .strictObject({
      historyDays: setting(z.int({ error: days }).min(30, days).default(400), {
        description:
          'For how many days it is kept how each post came about (attempts, acts, decisions). That it was posted, and where, is kept for good.',
      }),
    })
    .prefault({}),
  { description: 'For how long what is past is kept.' },
);

/** Where to serve, if anywhere: the variables win, and a port alone turns it on. */
export function chooseHttp(
  { PAPERBOY_HTTP_PORT, PAPERBOY_HTTP_HOST }: Variables,
  written: Http | undefined,
): Http | undefined {
  if (PAPERBOY_HTTP_PORT === undefined && written === undefined) return undefined;
  return {
    host: PAPERBOY_HTTP_HOST ?? written?.host ?? DEFAULT_HOST,
    port:
      PAPERBOY_HTTP_PORT === undefined
        ? (written?.port ?? DEFAULT_PORT)
        : Number(PAPERBOY_HTTP_PORT),
  };
}
