import { startControl } from './gateway-control.ts';
import { startFakeDiscord } from './server.ts';

// Starts a fake Discord with one text channel and says where it is, until SIGTERM:
//   node test/fakes/discord/serve.ts
// Its users are dispatched over `controlUrl`: see gateway-control.ts.
const discord = await startFakeDiscord();
const channelId = discord.addChannel({ name: 'papers' });
discord.dispatch.warmUp();
const control = await startControl(discord);
const { apiUrl, token } = discord;
process.stdout.write(`${JSON.stringify({ apiUrl, token, channelId, controlUrl: control.url })}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    control.close();
    void discord.close();
  });
}
