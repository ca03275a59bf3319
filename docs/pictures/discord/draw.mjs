// Draws messages as Discord shows them: node draw.mjs MODULES FOLDER INPUT, where
// INPUT is what main.go writes and MODULES has what draw installs.
// @skyra/discord-components-core has no containers, sections and galleries of
// Discord's second components: a container is drawn as an embed of full width, which
// looks the same, and what is in it with the elements that there are.
import { createRequire } from 'node:module';
import fs from 'node:fs';
const [modules, out, input] = process.argv.slice(2);
const require = createRequire(modules + '/');
const { chromium } = require('playwright-core'), { buildSync } = require('esbuild');
const bundle = buildSync({
  stdin: { contents: "import '@skyra/discord-components-core'", resolveDir: modules },
  bundle: true, write: false, format: 'iife', logLevel: 'error',
}).outputFiles[0].text;
const logo = 'data:image/svg+xml,' + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" fill="#1d5f8a"/><text x="18" y="25" font-family="sans-serif" font-size="20" fill="white" text-anchor="middle">la</text></svg>');

const html = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

// inline reads what Discord's Markdown has inside of a line, as far as the program
// writes it.
const kinds = [
  [/^\\([^0-9A-Za-z\s])/, (m) => html(m[1])],
  [/^`([^`]+)`/, (m) => `<discord-code>${html(m[1])}</discord-code>`],
  [/^\[((?:\\.|[^\]\\])+)\]\(<([^>]*)>\)/, (m) => `<a class="link">${inline(m[1])}</a>`],
  [/^<(https?:[^>]*)>/, (m) => `<a class="link">${html(m[1])}</a>`],
  [/^\*\*((?:\\.|[^\\])+?)\*\*/, (m) => `<strong>${inline(m[1])}</strong>`],
  [/^\*((?:\\.|[^\\*])+?)\*/, (m) => `<em>${inline(m[1])}</em>`],
];
function inline(text) {
  let drawn = '';
  while (text) {
    const [match, draw] = kinds.map(([r, d]) => [r.exec(text), d]).find(([m]) => m) ?? [];
    drawn += match ? draw(match) : html(text[0]);
    text = text.slice(match ? match[0].length : 1);
  }
  return drawn;
}

// lines reads a text block by block.
function lines(text) {
  const code = /^```[\w.+#-]*\n([^]*?)\n```/;
  let drawn = '';
  while (text) {
    const fence = code.exec(text);
    if (fence) {
      drawn += `<pre class="code">${html(fence[1])}</pre>`;
      text = text.slice(fence[0].length).replace(/^\n/, '');
      continue;
    }
    const [line] = text.split('\n', 1);
    text = text.slice(line.length + 1);
    const [, mark, rest] = /^(#{1,3} |-# | *- | *\d+\. )?(.*)$/.exec(line);
    const name = mark?.trim();
    if (!name) drawn += line ? `<div class="line" style="padding-left:${line.search(/\S/) * 7}px">${inline(line.trim())}</div>` : '<div class="gap"></div>';
    else if (name === '-#') drawn += `<discord-subscript>${inline(rest)}</discord-subscript>`;
    else if (name[0] === '#') drawn += `<discord-header level="${name.length}">${inline(rest)}</discord-header>`;
    else drawn += `<div class="item"><span class="mark">${name === '-' ? '•' : name}</span><span>${inline(rest)}</span></div>`;
  }
  return drawn;
}

const styles = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'destructive' };
const all = (parts, files) => parts.map((p) => draw(p, files)).join('');
function draw(c, files) {
  switch (c.type) {
    case 1: return `<discord-action-row>${all(c.components, files)}</discord-action-row>`;
    case 2: return `<discord-button type="${styles[c.style]}">${html(c.label)}</discord-button>`;
    case 3: return `<discord-string-select-menu placeholder="${html(c.placeholder ?? '')}"></discord-string-select-menu>`;
    case 9: return `<div class="section"><div>${all(c.components, files)}</div><discord-action-row>${draw(c.accessory, files)}</discord-action-row></div>`;
    case 10: return `<div class="text">${lines(c.content)}</div>`;
    case 12: return c.items.map((i) => `<img class="picture" alt="${html(i.description ?? '')}" src="data:image/png;base64,${files[i.media.url.slice('attachment://'.length)]}">`).join('');
    case 13: {
      const name = c.file.url.slice('attachment://'.length);
      return `<discord-file-attachment type="file" name="${html(name)}" bytes="${Buffer.from(files[name], 'base64').length}" bytes-unit="B"></discord-file-attachment>`;
    }
    default: throw new Error(`a component of type ${c.type}`);
  }
}

const css = `
  body { margin: 0; background: #323339; }
  #m { width: 720px; font-family: "gg sans", "Noto Sans", "Helvetica Neue", Helvetica, Arial, sans-serif; }
  discord-messages { border: 0; padding: 6px 0 10px; }
  .part { display: flex; flex-direction: column; gap: 8px; padding: 8px 4px 0 4px; font-size: 15px; line-height: 1.35; color: #dbdee1; width: 560px; white-space: normal; }
  .gap { height: 8px; } .item { display: flex; } .mark { min-width: 22px; flex-shrink: 0; }
  .section { display: flex; justify-content: space-between; gap: 16px; align-items: flex-start; }
  .link { color: #00a8fc; } .picture { max-width: 100%; border-radius: 8px; }
  .code { margin: 4px 0; padding: 8px; border: 1px solid #1e1f22; border-radius: 4px; background: #2b2d31; font-size: 13px; white-space: pre-wrap; }
  discord-header { margin: 0 !important; } discord-string-select-menu { display: block; flex: 1; } discord-subscript { line-height: 1.4; }
`;
const wanted = JSON.parse(fs.readFileSync(input));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 720, height: 400 }, deviceScaleFactor: 1, timezoneId: 'UTC', locale: 'en-US' });
page.on('pageerror', (e) => { throw e; });
await page.setContent(`<style>${css}</style><div id="m"></div>`);
await page.addScriptTag({ content: bundle });
for (const { name, ephemeral, at, components, files } of wanted) {
  const [container] = components;
  const edge = container.accent_color == null ? '#4e5058' : '#' + container.accent_color.toString(16).padStart(6, '0');
  const drawn = `<discord-messages><discord-message author="legacyauth" bot avatar="${logo}" timestamp="${at.slice(11, 16)}" ${ephemeral ? 'ephemeral' : ''}>
      <discord-embed slot="embeds" color="${edge}"><div class="part" slot="description">${all(container.components, files)}</div></discord-embed>
    </discord-message></discord-messages>`;
  await page.evaluate(async (drawn) => {
    document.getElementById('m').innerHTML = drawn;
    for (const e of document.querySelectorAll(':not(:defined)')) throw new Error(`${e.localName} is no element`);
    for (const e of document.querySelectorAll('*')) await e.updateComplete;
    for (const e of document.querySelectorAll('discord-embed')) e.shadowRoot.querySelector('.discord-embed-wrapper').style.maxWidth = 'none';
    for (const e of document.querySelectorAll('discord-string-select-menu')) Object.assign(e.shadowRoot.querySelector('label').style, { width: '100%', boxSizing: 'border-box', display: 'flex', justifyContent: 'space-between' });
    await Promise.all([...document.images].map((i) => i.decode()));
  }, drawn);
  await (await page.$('#m')).screenshot({ path: `${out}/${name}.png` });
}
await browser.close();
