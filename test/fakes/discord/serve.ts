import { startFakeDiscord } from './server.ts';

// Starts a fake Discord with one text channel and says where it is, until SIGTERM:
//   node test/fakes/discord/serve.ts
const discord = await startFakeDiscord();
const channelId = discord.addChannel({ name: 'papers' });
const { apiUrl, token } = discord;
process.stdout.write(`${JSON.stringify({ apiUrl, token, channelId })}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void discord.close());
}
