// An app on Slack's own framework, which the fake workspace has to satisfy. It is
// run by TestBolt; FAKE is the address of the Web API, PORT the port for signed
// requests (none: Socket Mode).
import { createRequire } from 'node:module';
const require = createRequire(process.env.MODULES + '/');
const { App } = require('@slack/bolt');

const socket = !process.env.PORT;
const app = new App({
  token: process.env.BOT_TOKEN,
  ...(socket ? { socketMode: true, appToken: process.env.APP_TOKEN } : { signingSecret: process.env.SIGNING_SECRET, endpoints: '/slack/events' }),
  clientOptions: { slackApiUrl: process.env.FAKE, retryConfig: { retries: 0 } },
});

app.command('/legacyauth', async ({ command, ack, respond, client }) => {
  await ack();
  if (command.text === 'form') {
    await client.views.open({
      trigger_id: command.trigger_id,
      view: {
        type: 'modal', callback_id: 'ask:k:1', private_metadata: command.channel_id, title: { type: 'plain_text', text: 'Ask' },
        submit: { type: 'plain_text', text: 'Send' },
        blocks: [{ type: 'input', block_id: 'until', label: { type: 'plain_text', text: 'Until' }, element: { type: 'plain_text_input', action_id: 'field' } }],
      },
    });
    return;
  }
  if (command.text === 'too long') {
    try {
      await client.chat.postMessage({ channel: command.channel_id, text: 'x', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'h'.repeat(151) } }] });
    } catch (e) {
      await respond({ text: 'refused: ' + e.data.error });
    }
    return;
  }
  if (command.text === 'file') {
    await client.filesUploadV2({ channel_id: command.channel_id, filename: 'a.txt', content: 'hello', alt_text: 'a file' });
    return;
  }
  const who = await client.users.info({ user: command.user_id, include_locale: true });
  await respond({ text: `answer to ${command.text} for ${who.user.profile.email} in ${who.user.tz}`, response_type: 'ephemeral' });
  const sent = await client.chat.postMessage({
    channel: command.channel_id, text: 'with a key', metadata: { event_type: 'legacyauth_message', event_payload: { key: 'k1' } },
  });
  const history = await client.conversations.history({ channel: command.channel_id, include_all_metadata: true, limit: 10 });
  const found = history.messages.find((m) => m.metadata && m.metadata.event_payload.key === 'k1');
  await client.chat.update({ channel: command.channel_id, ts: found.ts, text: sent.ts === found.ts ? 'found and changed' : 'another was found' });
  const dm = await client.conversations.open({ users: command.user_id });
  await client.chat.postMessage({ channel: dm.channel.id, text: 'a direct message' });
});

app.action(/.*/, async ({ action, ack, respond }) => {
  await ack();
  await respond({ text: 'pressed ' + (action.value ?? action.selected_option.value), replace_original: true });
});

app.view('ask:k:1', async ({ ack, view, client }) => {
  const until = view.state.values.until.field.value;
  if (until !== '2026-12-24') {
    await ack({ response_action: 'errors', errors: { until: 'a date' } });
    return;
  }
  await ack();
  await client.chat.postMessage({ channel: view.private_metadata, text: 'until ' + until });
});

app.event('app_home_opened', async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'section', text: { type: 'plain_text', text: 'the start page' } }] } });
});

app.error(async (e) => console.error(e));
await app.start(socket ? undefined : { port: Number(process.env.PORT), host: '127.0.0.1' });
console.log('ready');
