import { z } from 'zod';
import type { Variables } from './variables.ts';

/** Where health and metrics are served. */
export type Http = { readonly host: string; readonly port: number };

const DEFAULT_PORT = 8080;
/** This machine alone: who it is shown to beyond is for the operator to say. */
const DEFAULT_HOST = '127.0.0.1';
const port = 'must be a port from 0 (any that is free) to 65535, for example 8080';

/** `http` in `paperboy.yaml`. */
export const httpSchema = z
  .strictObject({
    port: z.int({ error: port }).min(0, port).max(65_535, port).default(DEFAULT_PORT),
    host: z
      .string()
      .regex(/^[^\s/]+$/, 'must be an address of this machine, for example 127.0.0.1 or 0.0.0.0')
      .default(DEFAULT_HOST),
  })
  .optional();

const days = 'must be a whole number of days, 30 at least, for example 400';

/** `keep` in `paperboy.yaml`: for how long what is past is kept. */
export const keepSchema = z
  .strictObject({ historyDays: z.int({ error: days }).min(30, days).default(400) })
  .prefault({});

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
