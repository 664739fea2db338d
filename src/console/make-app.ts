import { type Context, Hono } from 'hono';
import { describeError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import { type HealthParts, readHealth, tellRole } from './health.ts';
import type { Metrics } from './metrics.ts';
import { type Check, readReadiness } from './readiness.ts';
import { share } from './share.ts';
import { within } from './within.ts';

export type ConsoleParts = HealthParts & {
  readonly checks: readonly Check[];
  readonly metrics: Pick<Metrics, 'contentType' | 'write'>;
  readonly log: Log;
};

/** Checks write to the disk: they are not made more often, whoever asks. */
const CHECKED_MS = 2_000;
const TIMEOUT_MS = 5_000;

const THERE_IS = `There is:
  /healthz   whether the process lives
  /readyz    whether it can do its work, and what hinders it
  /metrics   numbers for Prometheus
`;

/** The pages: they only read; what a request says beside its path is not looked at. */
export function makeApp(parts: ConsoleParts): Hono {
  const { checks, clock, metrics, log } = parts;
  const check = share(CHECKED_MS, clock, () => readReadiness(checks, log));
  const app = new Hono();
  app.use(async (context, next) => {
    if (['GET', 'HEAD'].includes(context.req.method)) return next();
    return context.text('Only GET and HEAD are answered here.\n', 405, { allow: 'GET, HEAD' });
  });
  app.get('/healthz', (context) => {
    const health = readHealth(parts);
    return answerJson(context, health, health.status === 'ok');
  });
  app.get('/readyz', async (context) => {
    const checked = await check();
    const isReady = checked.every(({ ok }) => ok);
    const status = isReady ? 'ready' : 'not ready';
    return answerJson(context, { status, role: tellRole(parts), checks: checked }, isReady);
  });
  app.get('/metrics', async (context) => {
    const text = await within(TIMEOUT_MS, metrics.write());
    if (text === 'late') return context.text('Cannot write the metrics in time.\n', 503);
    return context.body(text.value, 200, { 'content-type': metrics.contentType });
  });
  app.notFound((context) => context.text(`There is nothing here. ${THERE_IS}`, 404));
  app.onError((error, context) => {
    log.error({ reason: describeError(error) }, 'http.failed');
    return context.text('Cannot answer that now; the log says why: http.failed\n', 500);
  });
  return app;
}

function answerJson(context: Context, value: object, isGood: boolean): Response {
  return context.body(`${JSON.stringify(value, undefined, 2)}\n`, isGood ? 200 : 503, {
    'content-type': 'application/json; charset=utf-8',
  });
}
