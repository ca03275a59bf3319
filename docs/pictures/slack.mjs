// Draws messages as Slack shows them: node slack.mjs MODULES FOLDER INPUT, where
// INPUT is a list of {name, blocks} and MODULES has what docs/pictures/slack
// installs.
import { createRequire } from 'node:module';
import fs from 'node:fs';
const [modules, out, input] = process.argv.slice(2);
const require = createRequire(modules + '/');
const React = require('react'), { renderToStaticMarkup } = require('react-dom/server'), { Message } = require('slack-blocks-to-jsx'), { chromium } = require('playwright-core');
const css = fs.readFileSync(require.resolve('slack-blocks-to-jsx/dist/style.css'), 'utf8');
const wanted = JSON.parse(fs.readFileSync(input));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 760, height: 400 }, deviceScaleFactor: 1 });
const logo = 'data:image/svg+xml,' + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" rx="6" fill="#1d5f8a"/><text x="18" y="25" font-family="sans-serif" font-size="20" fill="white" text-anchor="middle">la</text></svg>');
for (const { name, blocks } of wanted) {
  const html = renderToStaticMarkup(React.createElement(Message, { blocks, logo, name: 'legacyauth', time: new Date('2026-11-23T08:00:00'), unstyled: false }));
  await page.setContent(`<style>${css} body{margin:0;font-family:Lato,Helvetica,Arial,sans-serif}</style><div id="m" style="padding:16px">${html}</div>`);
  await (await page.$('#m')).screenshot({ path: `${out}/${name}.png` });
}
await browser.close();
